/// A tar archive of images with an index behind them: what `steelyard pack` and `--cache disk` write. It is mapped and never
/// unpacked, and programs that read it share its memory.
///
/// Members, in this order:
///
/// | member | content |
/// |---|---|
/// | one for each record | an image file, or prepared pixels as Netpbm |
/// | `.steelyard/table.csv` | a row for each record, where the records have labels |
/// | `.steelyard/index` | 56 bytes a record, see ``PackedIndex`` |
/// | `.steelyard/pack.json` | ``Header``, filled up with blanks to 4,096 bytes |
///
/// Any program that knows tar lists and unpacks it. Table and index are checked when the file is opened, a record when it is
/// first read.
public struct PackedFile: Sendable {
  /// What a file says of itself.
  struct Header: Codable, Equatable {
    /// Where a part lies in the file, and its CRC-32.
    struct Section: Codable, Equatable {
      var offset: Int
      var bytes: Int
      var crc32: UInt32
    }

    /// The version of the format.
    var format: Int
    var records: Int
    var content: String
    var source: String
    var index: Section
    var table: Section?

    enum CodingKeys: String, CodingKey {
      case format = "steelyard-pack"
      case records, content, source, index, table
    }
  }

  /// The version that this program writes.
  static let format = 1
  static let folder = ".steelyard/"
  /// What the member of the table is called.
  package static let tableName = folder + "table.csv"
  /// Bytes of the last member.
  static let headerSize = 4096
  /// Bytes behind the header of the last member.
  private static let tail = headerSize + TarHeader.end.count
  private static let lastHeader = TarHeader.bytes(name: folder + "pack.json", size: headerSize)

  /// The file.
  public let file: MappedFile
  /// What the records are: `files`, or how pixels were prepared.
  public let content: String
  /// By what it is known whether the records are still those of their source.
  public let source: String
  /// Records, N.
  public let count: Int
  /// The bytes of the table; nil where it has none.
  public let table: Range<Int>?
  private let index: PackedIndex

  /// Whether a file ends as a packed one does.
  public static func isOne(_ file: MappedFile) -> Bool {
    let start = file.bytes.count - tail - lastHeader.count
    return start >= 0 && file.bytes[start..<start + lastHeader.count].elementsEqual(lastHeader)
  }

  /// Opens a packed file, and checks its index and its table.
  ///
  /// - Parameter path: the file.
  /// - Throws: ``FileError`` where it cannot be read, is no packed file or a damaged one, or is of a later version.
  public init(path: String) throws(FileError) {
    try self.init(MappedFile(path: path))
  }

  /// The same of a file that is mapped already.
  ///
  /// - Throws: ``FileError/malformed(path:reason:)``.
  public init(_ file: MappedFile) throws(FileError) {
    let path = file.path
    guard Self.isOne(file) else {
      throw .malformed(
        path: path,
        reason: "is no packed file, or was cut off; pack the data again")
    }
    let start = file.bytes.count - Self.tail
    let header = try JSONFile.decode(
      Header.self, from: Array(file.bytes[start..<start + Self.headerSize]),
      name: "\(path), \(Self.folder)pack.json")
    guard header.format == Self.format else {
      throw .malformed(
        path: path,
        reason: "is packed in format \(header.format), expected \(Self.format); pack the data again"
          + " with this version of steelyard")
    }
    for (section, name) in [(header.index, "index"), (header.table, "table")] {
      if let section { try Self.check(section, name, before: start, of: file) }
    }
    index = try PackedIndex(
      header.index.range, records: header.records, before: header.index.offset, of: file)
    self.file = file
    (content, source, count) = (header.content, header.source, header.records)
    table = header.table?.range
  }

  /// Where a record lies, its CRC-32, and the digest of what it was made of.
  ///
  /// - Parameter number: in `0..<count`.
  public func record(_ number: Int) -> PackedRecord { index.record(number, of: file) }

  /// Whether every record matches its checksum; all are read.
  public var isWhole: Bool {
    (0..<count).allSatisfy { number in
      let record = record(number)
      return file.withBytes(in: record.range) { CRC32.checksum($0) } == record.checksum
    }
  }

  private static func check(
    _ section: Header.Section, _ name: String, before end: Int, of file: MappedFile
  ) throws(FileError) {
    guard section.offset >= 0, section.bytes >= 0, section.offset <= end,
      section.bytes <= end - section.offset,
      file.withBytes(in: section.range, { CRC32.checksum($0) }) == section.crc32
    else {
      throw .malformed(
        path: file.path,
        reason: "its \(name) is damaged; pack the data again")
    }
  }
}

extension PackedFile.Header.Section {
  fileprivate var range: Range<Int> { offset..<offset + bytes }
}
