/// A zip archive in a file or in memory: stored and deflated entries, zip64, CRC checked.
///
/// Entries come from the central directory at the end, as every writer of `.npz` and PyTorch's
/// `.pth` leaves it. Not read: encrypted entries, other compression methods, archives in parts.
public struct ZipArchive: Sendable {
  /// One file of the archive.
  public struct Entry: Sendable, Equatable {
    /// Its name, with `/` between folders.
    public let name: String
    /// Size in bytes once decompressed.
    public let size: Int
    /// Whether the bytes stand in the archive as they are.
    public var isStored: Bool { method == 0 }
    let method: UInt16
    let flags: UInt16
    let checksum: UInt32
    let compressedSize: Int
    let headerOffset: Int
  }

  /// What errors call the archive.
  public let name: String
  /// The entries, in the order of the central directory.
  public let entries: [Entry]
  private let content: ZipContent
  private let byName: [String: Int]

  /// Opens an archive by memory-mapping it.
  ///
  /// - Throws: ``FileError`` when the file cannot be read or is not a zip archive.
  public init(path: String) throws(FileError) {
    try self.init(content: .mapped(MappedFile(path: path)), name: path)
  }

  /// Opens an archive held in memory.
  ///
  /// - Throws: ``FileError/malformed(path:reason:)`` when it is not a zip archive.
  public init(bytes: [UInt8], name: String) throws(FileError) {
    try self.init(content: .memory(bytes), name: name)
  }

  private init(content: ZipContent, name: String) throws(FileError) {
    self.content = content
    self.name = name
    let entries = try content.withBytes { (bytes) throws(FileError) in
      try ZipDirectory(bytes, name: name).entries()
    }
    self.entries = entries
    byName = Dictionary(entries.indices.map { (entries[$0].name, $0) }) { first, _ in first }
  }

  /// The entry called `name`, or nil.
  public func entry(named name: String) -> Entry? { byName[name].map { entries[$0] } }

  /// Where the bytes of `entry`, compressed or not, stand in the archive.
  ///
  /// With ``Entry/isStored`` this allows to read a part of a large entry from a ``MappedFile``.
  ///
  /// - Throws: ``FileError/malformed(path:reason:)`` when the entry's own header is damaged.
  public func range(of entry: Entry) throws(FileError) -> Range<Int> {
    try content.withBytes { (bytes) throws(FileError) in
      try ZipDirectory(bytes, name: name).dataRange(of: entry)
    }
  }

  /// The decompressed bytes of `entry`.
  ///
  /// - Throws: ``FileError/malformed(path:reason:)`` when it is encrypted, packed by another method,
  ///   truncated, would take more than ``UnpackLimit/bytes``, or its checksum disagrees.
  public func read(_ entry: Entry) throws(FileError) -> [UInt8] {
    if !entry.isStored { try UnpackLimit.check(entry.size, of: "\(name):\(entry.name)") }
    let output = try unpacked(entry, limit: entry.size, isHead: false)
    let checksum = output.withUnsafeBytes { CRC32.checksum($0) }
    guard output.count == entry.size, checksum == entry.checksum else {
      throw malformed(entry, "does not match its checksum; copy or download the archive again")
    }
    return output
  }

  /// The decompressed bytes of the entry called `name`.
  ///
  /// - Throws: ``FileError/malformed(path:reason:)`` when there is none, naming those there are, or
  ///   when it cannot be read.
  public func read(_ name: String) throws(FileError) -> [UInt8] {
    guard let entry = entry(named: name) else {
      let known = entries.prefix(8).map(\.name).joined(separator: ", ")
      throw .malformed(path: self.name, reason: "has no entry '\(name)'; it has: \(known)")
    }
    return try read(entry)
  }

  /// The first bytes of `entry`, up to `count`, without its checksum.
  ///
  /// - Throws: ``FileError/malformed(path:reason:)`` when it is encrypted, packed by another method, or truncated.
  public func head(of entry: Entry, count: Int) throws(FileError) -> [UInt8] {
    try unpacked(entry, limit: count, isHead: true)
  }

  /// The bytes of `entry`, to be read part by part; a deflated one is unpacked once, in little memory, to check it.
  ///
  /// - Throws: ``FileError/malformed(path:reason:)`` when it is encrypted, packed by another method, truncated, or its
  ///   checksum disagrees.
  package func member(_ entry: Entry) throws(FileError) -> ZipMember {
    guard entry.flags & 1 == 0, entry.method == 0 || entry.method == 8 else {
      // Says what is wrong.
      _ = try unpacked(entry, limit: 0, isHead: true)
      throw malformed(entry, "is packed with method \(entry.method)")
    }
    return try ZipMember(entry, at: range(of: entry), of: content, name: "\(name):\(entry.name)")
  }

  private func unpacked(
    _ entry: Entry, limit: Int, isHead: Bool
  ) throws(FileError) -> [UInt8] {
    guard entry.flags & 1 == 0 else { throw malformed(entry, "is encrypted") }
    let range = try range(of: entry)
    return try content.withBytes { (bytes) throws(FileError) in
      let packed = UnsafeRawBufferPointer(rebasing: bytes[range])
      switch entry.method {
      case 0:
        return [UInt8](isHead ? UnsafeRawBufferPointer(rebasing: packed.prefix(limit)) : packed)
      case 8: return try inflated(packed, entry, limit, isHead)
      default:
        throw malformed(
          entry, "is packed with method \(entry.method); only stored (0) and deflated (8) are read")
      }
    }
  }

  private func inflated(
    _ packed: UnsafeRawBufferPointer, _ entry: Entry, _ limit: Int, _ isHead: Bool
  ) throws(FileError) -> [UInt8] {
    do throws(Inflate.Failure) {
      return try Inflate.bytes(packed, .raw, limit: limit, isHead: isHead).output
    } catch {
      throw malformed(entry, "has corrupt compressed data; copy or download the archive again")
    }
  }

  private func malformed(_ entry: Entry, _ reason: String) -> FileError {
    .malformed(path: name, reason: "the entry '\(entry.name)' \(reason)")
  }
}

/// Where the bytes of an archive are.
enum ZipContent: Sendable {
  case mapped(MappedFile)
  case memory([UInt8])

  func withBytes<R>(
    _ body: (UnsafeRawBufferPointer) throws(FileError) -> R
  ) throws(FileError) -> R {
    switch self {
    case .mapped(let file): try file.withBytes(in: 0..<file.bytes.count, body)
    case .memory(let bytes):
      try bytes.withRawBytes { (raw) throws(FileError) in try body(raw) }
    }
  }
}
