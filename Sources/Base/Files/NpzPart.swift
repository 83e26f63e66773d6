/// An array of an `.npz`, which need not be in memory at once.
public struct NpzPart {
  /// Takes some bytes.
  public typealias Take = (UnsafeRawBufferPointer) throws(FileError) -> Void

  /// Its name without `.npy`.
  public let name: String
  /// Bytes of its `.npy` file.
  public let count: Int
  /// Gives these bytes out from the first to the last, in pieces of any size; the same each time.
  let each: (_ take: Take) throws(FileError) -> Void

  /// An array in memory.
  ///
  /// - Parameters:
  ///   - name: without `.npy`.
  ///   - npy: the bytes of its `.npy` file.
  public init(_ name: String, npy: [UInt8]) {
    self.init(name, count: npy.count) { (take) throws(FileError) in
      try npy.withRawBytes { (raw) throws(FileError) in try take(raw) }
    }
  }

  /// An array that is given out piece by piece.
  ///
  /// - Parameters:
  ///   - name: without `.npy`.
  ///   - count: bytes of its `.npy` file.
  ///   - each: gives these bytes out in order; called twice; throws what `Take` throws, or where it
  ///     cannot go on.
  public init(_ name: String, count: Int, _ each: @escaping (Take) throws(FileError) -> Void) {
    (self.name, self.count, self.each) = (name, count, each)
  }
}
