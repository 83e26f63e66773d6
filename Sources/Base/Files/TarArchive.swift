/// A tar archive in a file: names and places of its regular files, whose bytes stand in it as they are.
///
/// Reads the old V7 form, ustar, GNU's and pax; every header is checked against its checksum. The archive ends with two
/// blocks of zeros, or with the file. Not read: compressed archives, sparse files, archives in several volumes.
///
/// ```swift
/// let archive = try TarArchive(path: "train-000000.tar")
/// let entry = archive.entries[0]
/// let bytes = archive.file.withBytes(in: entry.range) { Array($0) }
/// ```
public struct TarArchive: Sendable {
  /// One regular file of the archive.
  public struct Entry: Sendable, Equatable {
    /// Its name as the archive has it, with `/` between folders; bytes that are not UTF-8 are shown as U+FFFD.
    public let name: String
    /// Where its content stands in ``TarArchive/file``, in bytes from the start.
    public let range: Range<Int>
  }

  /// The archive.
  public let file: MappedFile
  /// The regular files, in the order of the archive; a name may stand twice.
  public let entries: [Entry]
  /// How many folders, links, devices and members of unknown kinds are not among ``entries``.
  public let passedOver: Int
  /// How many of ``passedOver`` are links, which may have been meant for files.
  public let links: Int

  /// Opens an archive by memory-mapping it; reads the headers and no content.
  ///
  /// - Parameter path: an archive that is not compressed.
  /// - Throws: ``FileError`` when the file cannot be read; ``FileError/malformed(path:reason:)`` when it is
  ///   compressed, is no tar archive, is damaged or cut off, or has what is not read.
  public init(path: String) throws(FileError) {
    let file = try MappedFile(path: path)
    let scan = try file.withBytes(in: 0..<file.bytes.count) { (bytes) throws(FileError) in
      try Self.checkKind(bytes, path: path)
      var scan = TarScan(bytes, path: path)
      try scan.run()
      return scan
    }
    self.file = file
    (entries, passedOver, links) = (scan.entries, scan.passedOver, scan.links)
  }

  /// Whether a file begins as a tar archive of the forms after V7 does.
  ///
  /// - Parameter head: at least the first 262 bytes, where the file has them.
  public static func isOne(head: some Collection<UInt8>) -> Bool {
    head.dropFirst(257).starts(with: "ustar".utf8)
  }

  private static let compressions: [(magic: [UInt8], name: String, tool: String)] = [
    ([0x1F, 0x8B], "gzip", "gunzip"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd", "unzstd"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz", "unxz"), (Array("BZh".utf8), "bzip2", "bunzip2"),
  ]

  private static func checkKind(
    _ bytes: UnsafeRawBufferPointer, path: String
  ) throws(FileError) {
    guard !bytes.isEmpty else {
      throw .malformed(path: path, reason: "is empty, expected a tar archive")
    }
    if let found = compressions.first(where: { bytes.starts(with: $0.magic) }),
      !isOne(head: bytes.prefix(262))
    {
      throw .malformed(
        path: path,
        reason:
          "is compressed with \(found.name), so its members cannot be read one by one; decompress it first"
          + " (\(found.tool)), which hardly takes more space, as images are compressed already")
    }
  }
}
