/// A zip archive of deflated entries, with sizes and checksums as zlib gives them.
///
/// - Parameter entries: names and contents.
public func zipped(_ entries: [(name: String, bytes: [UInt8])]) -> [UInt8] {
  func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
  var (archive, directory): ([UInt8], [UInt8]) = ([], [])
  for (name, bytes) in entries {
    let gzip = gzipped(bytes)
    // RFC 1952: ten bytes before the stream, checksum and size behind it.
    let packed = gzip[10..<gzip.count - 8]
    let checksum = Array(gzip[(gzip.count - 8)..<(gzip.count - 4)])
    let facts =
      little(8, 2) + little(0, 4) + checksum + little(packed.count, 4) + little(bytes.count, 4)
      + little(name.utf8.count, 2) + little(0, 2)
    directory += little(0x0201_4B50, 4) + little(20, 2) + little(20, 2) + little(0, 2) + facts
    directory += little(0, 2 + 2 + 2 + 4) + little(archive.count, 4) + Array(name.utf8)
    archive += little(0x0403_4B50, 4) + little(20, 2) + little(0, 2) + facts + Array(name.utf8)
    archive += packed
  }
  return archive + directory + little(0x0605_4B50, 4) + little(0, 4) + little(entries.count, 2)
    + little(entries.count, 2) + little(directory.count, 4) + little(archive.count, 4)
    + little(0, 2)
}
