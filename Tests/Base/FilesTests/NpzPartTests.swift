import Files
import TestSupport
import Testing

/// Archives written piece by piece are those written at once.
@Suite struct NpzPartTests {
  @Test(arguments: [1, 3, 1000])
  func inPieces(size: Int) throws {
    try withTemporaryFolder { folder in
      let bytes = (0..<700).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      let npy = NpyArray(dtype: .uint8, shape: [700], bytes: bytes).encoded()
      try NpzWriter.write(
        [(name: "a", npy: npy), (name: "b", npy: npy)], to: folder + "/whole.npz")
      let head = NpyArray.head(of: .uint8, shape: [700])
      #expect(head + bytes == npy)
      let part = NpzPart("b", count: head.count + bytes.count) { (take) throws(FileError) in
        for start in stride(from: 0, to: npy.count, by: size) {
          let piece = Array(npy[start..<min(start + size, npy.count)])
          let raw = UnsafeMutableRawBufferPointer.allocate(byteCount: piece.count, alignment: 1)
          defer { raw.deallocate() }
          raw.copyBytes(from: piece)
          try take(UnsafeRawBufferPointer(raw))
        }
      }
      try NpzWriter.write([NpzPart("a", npy: npy), part], to: folder + "/pieces.npz")
      #expect(
        try FileBytes.read(folder + "/pieces.npz") == FileBytes.read(folder + "/whole.npz"))
      #expect(try NpzArchive(path: folder + "/pieces.npz").array("b").bytes == bytes)
    }
  }
}
