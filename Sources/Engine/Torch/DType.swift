import CTorch

/// The type of a tensor's elements.
public enum DType: Int32, Sendable, Codable, CaseIterable, CustomStringConvertible {
  /// IEEE 754 single precision; what networks train in.
  case float32
  /// IEEE 754 double precision; what gradient checks need.
  case float64
  /// Brain floating point: 8 bits of exponent, 7 of fraction.
  case bfloat16
  /// IEEE 754 half precision; read from files, not trained in.
  case float16
  /// Signed 64-bit integers: labels and indices.
  case int64
  /// Signed 32-bit integers; read from files.
  case int32
  /// Bytes: pixels.
  case uint8
  /// Truth values: masks.
  case bool

  /// PyTorch's name, such as `float32`.
  public var description: String {
    switch self {
    case .float32: "float32"
    case .float64: "float64"
    case .bfloat16: "bfloat16"
    case .float16: "float16"
    case .int64: "int64"
    case .int32: "int32"
    case .uint8: "uint8"
    case .bool: "bool"
    }
  }

  /// Size of one element, in bytes.
  public var bytes: Int {
    switch self {
    case .float64, .int64: 8
    case .float32, .int32: 4
    case .bfloat16, .float16: 2
    case .uint8, .bool: 1
    }
  }
}

/// A Swift type whose values a tensor can hold.
public protocol TensorScalar: BitwiseCopyable, Sendable {
  /// The element type of such a tensor.
  static var dtype: DType { get }
}

extension Float: TensorScalar {
  /// Single precision.
  public static var dtype: DType { .float32 }
}
extension Double: TensorScalar {
  /// Double precision.
  public static var dtype: DType { .float64 }
}
extension Int64: TensorScalar {
  /// 64-bit integers.
  public static var dtype: DType { .int64 }
}
extension Int32: TensorScalar {
  /// 32-bit integers.
  public static var dtype: DType { .int32 }
}
extension UInt8: TensorScalar {
  /// Bytes.
  public static var dtype: DType { .uint8 }
}
extension Bool: TensorScalar {
  /// Truth values.
  public static var dtype: DType { .bool }
}
