/// An array of an archive, `[N, …]`, whose rows are read when they are wanted: in memory, or one by one from the disk.
public struct NpyRows: Sendable {
  /// The element type.
  public let dtype: NpyArray.Scalar
  /// Length of each axis.
  public let shape: [Int]
  /// Where the elements are.
  public let content: Content

  /// Where the elements of an array are.
  public enum Content: Sendable {
    /// All in memory.
    case array(NpyArray)
    /// In C order, little-endian, from an offset of an entry on.
    case member(ZipMember, start: Int)
  }

  /// Bytes of memory that it takes as it is.
  public var held: Int {
    if case .array(let array) = content { array.bytes.count } else { 0 }
  }
}
