import Requirements

/// An array in NumPy's `.npy` format, versions 1 to 3, little-endian.
public struct NpyArray: Sendable, Equatable {
  /// The element types that are read, by NumPy's code.
  public enum Scalar: String, Sendable, CaseIterable {
    /// `uint8`.
    case uint8 = "|u1"
    /// `int8`.
    case int8 = "|i1"
    /// `uint16`.
    case uint16 = "<u2"
    /// `int16`.
    case int16 = "<i2"
    /// `uint32`.
    case uint32 = "<u4"
    /// `int32`.
    case int32 = "<i4"
    /// `int64`.
    case int64 = "<i8"
    /// `float16`.
    case float16 = "<f2"
    /// `float32`.
    case float32 = "<f4"
    /// `float64`.
    case float64 = "<f8"
    /// `bool`, one byte each.
    case bool = "|b1"

    /// Bytes per element.
    public var size: Int {
      switch self {
      case .uint8, .int8, .bool: 1
      case .uint16, .int16, .float16: 2
      case .uint32, .int32, .float32: 4
      case .int64, .float64: 8
      }
    }
  }

  /// The element type.
  public let dtype: Scalar
  /// Length of each axis; empty for a single number.
  public let shape: [Int]
  /// Whether the first axis runs fastest in ``bytes``.
  public let fortranOrder: Bool
  /// The elements, little-endian, in the order that ``fortranOrder`` says.
  public let bytes: [UInt8]

  /// Number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// An array from its parts, in C order.
  ///
  /// - Precondition: `bytes` has one element of `dtype` for each cell of `shape`.
  public init(dtype: Scalar, shape: [Int], bytes: [UInt8]) {
    require(
      bytes.count == shape.reduce(1, *) * dtype.size,
      "NpyArray: expected \(shape.reduce(1, *) * dtype.size) bytes for \(shape), got \(bytes.count)"
    )
    self.dtype = dtype
    self.shape = shape
    self.bytes = bytes
    fortranOrder = false
  }

  /// Parses the bytes of a `.npy` file.
  ///
  /// - Throws: ``FileError/malformed(path:reason:)``, which names the file and what is unexpected.
  public init(parsing file: [UInt8], name: String) throws(FileError) {
    let header = try NpyHeader(file, name: name)
    guard let dtype = header.dtype else {
      let known = Scalar.allCases.map(\.rawValue).joined(separator: ", ")
      throw .malformed(
        path: name, reason: "holds elements of type '\(header.descr)'; types read: \(known)")
    }
    var size = dtype.size
    for axis in header.shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: axis)
      guard !overflow else { throw .malformed(path: name, reason: "has an impossible shape") }
      size = product
    }
    guard file.count - header.end == size else {
      throw .malformed(
        path: name,
        reason: "expected \(size) bytes of elements for shape \(header.shape),"
          + " found \(file.count - header.end)")
    }
    self.dtype = dtype
    shape = header.shape
    fortranOrder = header.fortranOrder
    bytes = Array(file[header.end...])
  }

  /// What stands before the elements in a `.npy` file, version 1, of an array in C order.
  ///
  /// - Parameters:
  ///   - dtype: the element type.
  ///   - shape: length of each axis.
  public static func head(of dtype: Scalar, shape: [Int]) -> [UInt8] {
    NpyHeader.encoded(descr: dtype.rawValue, shape: shape, fortranOrder: false)
  }

  /// The bytes of a `.npy` file, version 1.
  public func encoded() -> [UInt8] {
    NpyHeader.encoded(descr: dtype.rawValue, shape: shape, fortranOrder: fortranOrder) + bytes
  }
}
