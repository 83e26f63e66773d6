/// The number type of one stored sample: one channel of one pixel, in this machine's byte order.
public enum SampleType: String, Sendable, Codable, Hashable, CaseIterable {
  /// 0…255.
  case uint8
  /// −128…127.
  case int8
  /// 0…65,535.
  case uint16
  /// −32,768…32,767.
  case int16
  /// 0…2³² − 1.
  case uint32
  /// −2³¹…2³¹ − 1.
  case int32
  /// −2⁶³…2⁶³ − 1.
  case int64
  /// Single precision.
  case float32
  /// Double precision.
  case float64

  /// Bytes a sample, 1…8.
  public var size: Int {
    switch self {
    case .uint8, .int8: 1
    case .uint16, .int16: 2
    case .uint32, .int32, .float32: 4
    case .int64, .float64: 8
    }
  }

  /// Whether the type alone says which values are black and white: 8 and 16 bits without a sign. What
  /// zero and one mean in the others, only the data can tell.
  public var hasRange: Bool { self == .uint8 || self == .uint16 }

  /// The value that a fully opaque alpha has.
  var opaque: Double {
    switch self {
    case .uint8: 255
    case .int8: 127
    case .uint16: 65535
    case .int16: 32767
    case .uint32: 4_294_967_295
    case .int32: 2_147_483_647
    case .int64: 9_223_372_036_854_775_808  // the nearest double
    case .float32, .float64: 1
    }
  }
}

extension SampleType: CustomStringConvertible {
  /// Such as `16-bit signed` or `32-bit floating-point`.
  public var description: String {
    let kind =
      switch self {
      case .uint8, .uint16, .uint32: "unsigned"
      case .int8, .int16, .int32, .int64: "signed"
      case .float32, .float64: "floating-point"
      }
    return "\(8 * size)-bit \(kind)"
  }
}

/// A number that a sample can be.
protocol StoredSample {
  /// The same as a real number; whole numbers beyond 2⁵³ lose their last digits.
  var real: Double { get }
}

extension StoredSample where Self: BinaryInteger {
  @inline(__always) var real: Double { Double(self) }
}

extension UInt8: StoredSample {}
extension Int8: StoredSample {}
extension UInt16: StoredSample {}
extension Int16: StoredSample {}
extension UInt32: StoredSample {}
extension Int32: StoredSample {}
extension Int64: StoredSample {}
extension Float: StoredSample {
  @inline(__always) var real: Double { Double(self) }
}
extension Double: StoredSample {
  @inline(__always) var real: Double { self }
}
