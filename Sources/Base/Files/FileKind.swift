/// What a file is, told by its first bytes, where it is something that people hand over in place of a
/// table or an image.
public enum FileKind: String, Sendable, Codable, CaseIterable {
  /// The text that Git LFS keeps in place of a file until the file is fetched.
  case gitLFSPointer = "a Git LFS pointer"
  /// `.xlsx`
  case excelWorkbook = "an Excel workbook"
  /// `.xls`
  case oldExcelWorkbook = "an old Excel workbook"
  /// `.ods`
  case openDocumentSheet = "an OpenDocument spreadsheet"
  /// `.docx`, `.pptx` and others of their make.
  case officeDocument = "an Office document"
  /// Text of two bytes a character.
  case utf16 = "UTF-16 text"
  /// Text of four bytes a character.
  case utf32 = "UTF-32 text"
  /// A page of the web, often what a download gave in place of the file.
  case webPage = "a web page (HTML)"
  /// Portable Document Format.
  case pdf = "a PDF document"
  /// ZIP of anything.
  case zip = "a ZIP archive"
  /// gzip, `.tar.gz` among them.
  case gzip = "compressed with gzip"
  /// bzip2, xz, zstd, 7-Zip, RAR and tar.
  case archive = "an archive"
  /// Apache Parquet.
  case parquet = "a Parquet file"
  /// Apache Arrow.
  case arrow = "an Arrow file"
  /// Hierarchical Data Format.
  case hdf5 = "an HDF5 file"
  /// SQLite.
  case sqlite = "an SQLite database"
  /// NumPy's `.npy`.
  case numpy = "a NumPy array"
  /// Digital Imaging and Communications in Medicine.
  case dicom = "a DICOM file"
  /// Neuroimaging Informatics Technology Initiative.
  case nifti = "a NIfTI volume"
  /// Scalable Vector Graphics.
  case svg = "an SVG drawing"
  /// Adobe Photoshop.
  case photoshop = "a Photoshop file"
  /// MP4, AVI or Matroska.
  case video = "a video"

  /// How many bytes of a file ``init(head:)`` wants to see.
  public static let headLength = 4096

  /// What to do with it.
  public var advice: String {
    switch self {
    case .gitLFSPointer: "fetch the file itself with: git lfs pull"
    case .excelWorkbook, .oldExcelWorkbook, .openDocumentSheet:
      "save its sheet as CSV (UTF-8)"
    case .officeDocument: "save what it holds as CSV (UTF-8) or as images"
    case .utf16, .utf32: "save it as UTF-8"
    case .webPage: "a download that asks to sign in gives such a page; download the file again"
    case .pdf: "save what it holds as CSV (UTF-8) or as images"
    case .zip, .gzip, .archive: "unpack it first"
    case .parquet, .arrow, .hdf5, .sqlite:
      "export it as CSV, which all rows may be, or a table of images as JSONL"
    case .numpy: "save images and labels as .npz in MedMNIST's names, or as image files"
    case .dicom: "convert it to PNG or TIFF first, for example with DCMTK's dcmj2pnm"
    case .nifti: "export its slices as PNG or TIFF"
    case .svg, .photoshop: "export it as PNG"
    case .video: "export its frames as PNG or JPEG"
    }
  }

  /// ``description`` without its article: `DICOM file`.
  public var noun: String {
    let words = rawValue.split(separator: " ")
    return words.dropFirst(["a", "an"].contains(words[0]) ? 1 : 0).joined(separator: " ")
  }

  /// The kind that a file begins as.
  ///
  /// - Parameter head: the first ``headLength`` bytes, or the whole file where it is shorter.
  /// - Returns: nil for plain text, for images, and for what is not known.
  public init?(head: some Collection<UInt8>) {
    let head = Array(head.prefix(Self.headLength))
    guard let kind = Self.bySignature(head) ?? Self.byText(head) else { return nil }
    self = kind
  }

  /// The kind of the file at `path`; nil where it cannot be read, and as ``init(head:)``.
  public init?(ofFile path: String) {
    guard let head = try? FileBytes.head(of: path, count: Self.headLength) else { return nil }
    self.init(head: head)
  }

  /// The kind that a name stands for, where the first bytes need not say it.
  public init?(name: String) {
    let name = name.lowercased()
    if [".dcm", ".dicom"].contains(where: name.hasSuffix) {
      self = .dicom
    } else if [".nii", ".nii.gz"].contains(where: name.hasSuffix) {
      self = .nifti
    } else {
      return nil
    }
  }

  private static let signatures: [(offset: Int, bytes: [UInt8], kind: FileKind)] = [
    (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .oldExcelWorkbook),
    (0, [0xFF, 0xFE, 0, 0], .utf32), (0, [0, 0, 0xFE, 0xFF], .utf32),
    (0, [0xFF, 0xFE], .utf16), (0, [0xFE, 0xFF], .utf16),
    (0, [0x1F, 0x8B], .gzip),
    (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .archive), (0, [0x28, 0xB5, 0x2F, 0xFD], .archive),
    (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .archive), (0, Array("Rar!".utf8), .archive),
    (257, Array("ustar".utf8), .archive),
    // Bytes that no text has follow the letters: a column of a table may be called PAR1.
    (0, Array("%PDF".utf8), .pdf), (0, Array("PAR1".utf8) + [0x15], .parquet),
    (0, Array("ARROW1\0\0".utf8), .arrow), (0, [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A], .hdf5),
    (0, Array("SQLite format 3".utf8), .sqlite), (0, [0x93] + Array("NUMPY".utf8), .numpy),
    (128, Array("DICM".utf8), .dicom), (344, Array("n+1\0".utf8), .nifti),
    (0, Array("8BPS".utf8), .photoshop), (0, [0x1A, 0x45, 0xDF, 0xA3], .video),
    (4, Array("ftypisom".utf8), .video),
    (4, Array("ftypmp4".utf8), .video), (4, Array("ftypqt".utf8), .video),
  ]

  /// What stands behind `BZh` and a digit: the digits of π before a block, those of its root where there is none.
  private static let bzip2: [[UInt8]] = [
    [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], [0x17, 0x72, 0x45, 0x38, 0x50, 0x90],
  ]

  private static func bySignature(_ head: [UInt8]) -> FileKind? {
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return zipKind(head) }
    // A word of three letters, or one behind eight others, may well begin the header of a table.
    if head.starts(with: "BZh".utf8),
      bzip2.contains(where: { head.dropFirst(4).starts(with: $0) })
    {
      return .archive
    }
    if head.starts(with: "RIFF".utf8), head.dropFirst(8).starts(with: "AVI ".utf8) {
      return .video
    }
    return signatures.first { head.dropFirst($0.offset).starts(with: $0.bytes) }?.kind
  }

  /// Spreadsheets are ZIP archives; the names of their parts stand in the clear.
  private static func zipKind(_ head: [UInt8]) -> FileKind {
    let text = String(decoding: head, as: Unicode.ASCII.self)
    if text.contains("xl/") { return .excelWorkbook }
    if text.contains("opendocument.spreadsheet") { return .openDocumentSheet }
    return text.contains("[Content_Types].xml") ? .officeDocument : .zip
  }

  private static func byText(_ head: [UInt8]) -> FileKind? {
    if looksLikeUTF16(head) { return .utf16 }
    let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = String(decoding: head[start...].prefix(1024), as: UTF8.self)
    let words = text.drop(while: \.isWhitespace).lowercased()
    if words.hasPrefix("version https://git-lfs.github.com/spec/") { return .gitLFSPointer }
    if words.hasPrefix("<!doctype html") || words.hasPrefix("<html") { return .webPage }
    if words.hasPrefix("<svg") || (words.hasPrefix("<?xml") && words.contains("<svg")) {
      return .svg
    }
    return nil
  }

  /// Without a mark: Latin text has a zero in every second byte.
  private static func looksLikeUTF16(_ head: [UInt8]) -> Bool {
    guard head.count >= 8 else { return false }
    let pairs = head.count / 2
    let zeros = (0...1).map { first in
      stride(from: first, to: 2 * pairs, by: 2).count { head[$0] == 0 }
    }
    return zeros.contains(0) && (zeros.max() ?? 0) * 10 >= pairs * 8
  }
}

extension FileKind: CustomStringConvertible {
  /// `a DICOM file`, as it stands behind "is".
  public var description: String { rawValue }
}
