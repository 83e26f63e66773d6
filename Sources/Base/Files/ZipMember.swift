import Requirements
import Synchronization

/// An entry of a zip archive of which any part can be read while the rest stays on the disk.
///
/// A stored entry is read from the mapped file. A deflated one is unpacked once from end to end when it is opened,
/// which checks its size and checksum, and keeps a ``RestartPoint`` for every few megabytes; a part is then unpacked
/// from the nearest point before it, or by a cursor that stands nearer. Memory is that of the points: at most 134 MB,
/// 32 KiB for each, and a quarter of ``UnpackLimit/bytes``.
public final class ZipMember: Sendable {
  /// Bytes of the entry, unpacked.
  public let size: Int
  private let name: String
  private let content: ZipContent
  private let range: Range<Int>
  /// Nil of a stored entry.
  private let index: InflateIndex?
  /// Cursors that nobody uses, the one used last at the end.
  private let idle = Mutex<[InflateCursor]>([])

  /// Cursors that are kept, each of some 40 kB.
  private static let mostIdle = 32
  /// Unpacked bytes between two points, unless there would be too many.
  private static let leastSpan = 1 << 20
  /// How many times smaller than its content a deflated entry may be. Pictures and masks stay far below; zeros reach 1,032.
  static let mostPacked = 100

  /// Why an entry is not read in parts; nil where it can be.
  static func obstacle(of entry: ZipArchive.Entry) -> String? {
    guard !entry.isStored, entry.size / mostPacked > entry.compressedSize else { return nil }
    return "it is packed more than \(mostPacked) times, so it is not read piece by piece"
  }

  /// - Throws: ``FileError/malformed(path:reason:)`` when the entry does not match its size or checksum.
  init(
    _ entry: ZipArchive.Entry, at range: Range<Int>, of content: ZipContent, name: String
  ) throws(FileError) {
    (self.content, self.range, self.name, size) = (content, range, name, entry.size)
    let most = max(16, min(InflateIndex.mostPoints, UnpackLimit.bytes / 4 / 32_768))
    let span = max(Self.leastSpan, entry.size / most)
    let found: (index: InflateIndex?, size: Int, checksum: UInt32) = try content.withBytes {
      (bytes) throws(FileError) in
      let packed = UnsafeRawBufferPointer(rebasing: bytes[range])
      if entry.isStored { return (nil, packed.count, CRC32.checksum(packed)) }
      do throws(Inflate.Failure) {
        let index = try InflateIndex(packed, limit: entry.size, span: span)
        return (index, index.size, index.checksum)
      } catch {
        throw .malformed(
          path: name, reason: "has corrupt compressed data; copy or download the archive again")
      }
    }
    index = found.index
    guard found.size == entry.size, found.checksum == entry.checksum else {
      throw .malformed(
        path: name, reason: "does not match its checksum; copy or download the archive again")
    }
  }

  /// The bytes of a part; safe to call from many threads.
  ///
  /// - Parameter part: offsets of unpacked bytes.
  /// - Throws: ``FileError/malformed(path:reason:)`` when the file has been changed since it was opened.
  /// - Precondition: `part` lies within `0..<size`.
  public func read(_ part: Range<Int>) throws(FileError) -> [UInt8] {
    require(
      part.lowerBound >= 0 && part.upperBound <= size,
      "ZipMember.read: expected a part of 0..<\(size), got \(part)")
    return try content.withBytes { (bytes) throws(FileError) in
      let packed = UnsafeRawBufferPointer(rebasing: bytes[range])
      guard let index else { return Array(packed[part]) }
      do throws(Inflate.Failure) {
        return try unpacked(part, packed, index)
      } catch {
        throw .malformed(path: name, reason: "has been changed while it was read")
      }
    }
  }

  private func unpacked(
    _ part: Range<Int>, _ packed: UnsafeRawBufferPointer, _ index: InflateIndex
  ) throws(Inflate.Failure) -> [UInt8] {
    let point = index.point(before: part.lowerBound)
    let kept = idle.withLock { idle -> InflateCursor? in
      let near = idle.indices.filter { idle[$0].position <= part.lowerBound }
        .max { idle[$0].position < idle[$1].position }
      guard let near, idle[near].position >= point?.output ?? 0 else { return nil }
      return idle.remove(at: near)
    }
    let cursor: InflateCursor
    if let kept { cursor = kept } else { cursor = try InflateCursor(packed, from: point) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { piece.deallocate() }
    while cursor.position < part.lowerBound {
      let room = piece[..<min(piece.count, part.lowerBound - cursor.position)]
      guard try cursor.read(packed, into: .init(rebasing: room)) > 0 else { throw .truncated }
    }
    var failure: Inflate.Failure?
    let output = [UInt8](unsafeUninitializedCapacity: part.count) { room, count in
      do throws(Inflate.Failure) {
        count = try cursor.read(packed, into: UnsafeMutableRawBufferPointer(room))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    guard output.count == part.count else { throw .truncated }
    idle.withLock { idle in
      if idle.count == Self.mostIdle { idle.removeFirst() }
      idle.append(cursor)
    }
    return output
  }
}
