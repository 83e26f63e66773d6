public import Files
import Requirements

/// Encoded image files that stand in mapped archives, such as tar shards, and are read from there when they are asked for.
///
/// A store is a value; copies share their archives. It takes 40 bytes a member beside the text of its name.
public struct MemberStore: Sendable {
  private struct Member: Sendable {
    let start: Int
    let count: Int
    let archive: UInt32
    let checksum: UInt32
    let name: String
  }

  private var archives: [MappedFile] = []
  private var members: [Member] = []
  private var unchecked = UncheckedRecords()

  /// An empty store.
  public init() {}

  /// Number of members.
  public var count: Int { members.count }

  /// Adds a member.
  ///
  /// - Parameters:
  ///   - file: the archive.
  ///   - range: where the member stands in it, in bytes from the start.
  ///   - name: what errors call the member.
  ///   - checksum: the CRC-32 of its bytes, which are checked when they are read for the first time; nil checks nothing.
  /// - Returns: its number.
  /// - Precondition: `range` lies within the file.
  @discardableResult
  public mutating func append(
    _ file: MappedFile, _ range: Range<Int>, name: String, checksum: UInt32? = nil
  ) -> Int {
    require(
      range.lowerBound >= 0 && range.upperBound <= file.bytes.count,
      "MemberStore.append: expected a range within 0..<\(file.bytes.count), got \(range)")
    members.append(
      Member(
        start: range.lowerBound, count: range.count, archive: UInt32(place(of: file)),
        checksum: checksum ?? 0, name: name))
    if !isKnownUniquelyReferenced(&unchecked) { unchecked = UncheckedRecords(unchecked) }
    if checksum != nil { unchecked.insert(members.count - 1) }
    return members.count - 1
  }

  /// Adds all members of another store.
  ///
  /// - Returns: the number of its first one here.
  mutating func append(contentsOf other: MemberStore) -> Int {
    let first = count
    for (index, member) in other.members.enumerated() {
      append(
        other.archives[Int(member.archive)], other.range(index), name: member.name,
        checksum: other.unchecked.contains(index) ? member.checksum : nil)
    }
    return first
  }

  /// The archive of a member, as it was opened.
  ///
  /// - Precondition: `index` is in `0..<count`.
  public func path(_ index: Int) -> String { archives[Int(member(index).archive)].path }

  /// What the archive of a member was when it was opened; nil where the system did not say.
  ///
  /// - Precondition: `index` is in `0..<count`.
  package func state(_ index: Int) -> FileState? { archives[Int(member(index).archive)].state }

  /// What a member is called in its archive.
  ///
  /// - Precondition: `index` is in `0..<count`.
  public func name(_ index: Int) -> String { member(index).name }

  /// The bytes of a member; safe to call from many threads.
  ///
  /// - Parameter index: its number.
  /// - Throws: ``FileError/malformed(path:reason:)`` of the archive when the bytes do not match their checksum.
  /// - Precondition: `index` is in `0..<count`.
  public func bytes(_ index: Int) throws(FileError) -> [UInt8] {
    try withBytes(index) { (bytes) throws(FileError) in [UInt8](bytes) }
  }

  /// Hands the bytes of a member to `body`, which must not keep them; safe to call from many threads.
  ///
  /// - Throws: as ``bytes(_:)``, and what `body` throws.
  /// - Precondition: `index` is in `0..<count`.
  public func withBytes<R>(
    _ index: Int, _ body: (UnsafeRawBufferPointer) throws(FileError) -> R
  ) throws(FileError) -> R {
    let member = member(index)
    let file = archives[Int(member.archive)]
    return try file.withBytes(in: range(index)) { (bytes) throws(FileError) in
      if unchecked.contains(index) {
        guard CRC32.checksum(bytes) == member.checksum else {
          throw .malformed(
            path: file.path,
            reason:
              "its record \(index), '\(member.name)', is damaged: its bytes do not match their checksum; copy or"
              + " download the file again, or pack the data again")
        }
        unchecked.remove(index)
      }
      return try body(bytes)
    }
  }

  private func member(_ index: Int) -> Member {
    require(
      members.indices.contains(index),
      "MemberStore: expected a member in 0..<\(count), got \(index)")
    return members[index]
  }

  private func range(_ index: Int) -> Range<Int> {
    members[index].start..<members[index].start + members[index].count
  }

  private mutating func place(of file: MappedFile) -> Int {
    if let place = archives.lastIndex(where: { $0 === file }) { return place }
    archives.append(file)
    return archives.count - 1
  }
}
