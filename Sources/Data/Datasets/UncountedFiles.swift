import Files
import Imaging

/// Files of one kind that lie among the images and are not part of the data.
public struct UncountedFiles: Sendable, Equatable, Codable {
  /// What tells them from images that are counted.
  public enum Kind: Sendable, Hashable, Codable {
    /// Their extension is none of an image that is read; in lower case.
    case named(String)
    /// They have no extension; what they are by their content, where that is known.
    case unnamed(content: String?)
    /// Images that the table does not list.
    case unlisted
    /// Images whose names begin with a point.
    case hidden
  }

  /// What tells them.
  public let kind: Kind
  /// How many there are.
  public let count: Int
  /// The first of them, by its path.
  public let first: String

  /// Whether they are images of a kind that is not read, or under a name by which they are not known.
  var mayBeImages: Bool {
    switch kind {
    case .named(let name):
      Self.meaning(of: name).map { !["archive", "video"].contains($0) } ?? false
    case .unnamed(let content):
      content.map { $0.hasSuffix("image") || $0.hasPrefix("DICOM") || $0.hasPrefix("NIfTI") }
        ?? false
    case .unlisted, .hidden: true
    }
  }
}

extension UncountedFiles: CustomStringConvertible {
  /// `3 .dcm (DICOM, first cat/1.dcm)`.
  public var description: String {
    let example = count == 1 ? first : "first \(first)"
    switch kind {
    case .named(let name):
      return "\(count) .\(name) (\(Self.meaning(of: name).map { "\($0), " } ?? "")\(example))"
    case .unnamed(let content):
      return "\(count) without an extension (\(content.map { "\($0), " } ?? "")\(example))"
    case .unlisted:
      return "\(count) \(count == 1 ? "image" : "images") that the table does not list (\(example))"
    case .hidden: return "\(count) hidden \(count == 1 ? "image" : "images") (\(example))"
    }
  }

  /// What people keep under an extension that is no image here.
  private static func meaning(of name: String) -> String? {
    switch name {
    case "dcm", "dicom", "ima": "DICOM"
    case "nii", "mha", "mhd", "nrrd": "a volume"
    case "svs", "ndpi", "mrxs", "scn", "vms", "bif": "a whole slide"
    case "nef", "cr2", "cr3", "dng", "arw", "orf", "raf", "rw2": "camera raw"
    case "mp4", "avi", "mov", "mkv", "webm": "video"
    case "zip", "gz", "tar", "tgz", "7z", "rar", "bz2", "xz": "archive"
    case "svg", "psd", "ai", "eps": "drawing"
    default: nil
    }
  }
}

/// Counts files that are not part of the data.
struct UncountedTally {
  private var found: [UncountedFiles.Kind: (count: Int, first: String)] = [:]

  /// Counts a file that is no image by its name.
  ///
  /// - Parameters:
  ///   - path: of the file, as it is shown.
  ///   - file: where it lies; looked into when it has no extension.
  mutating func add(_ path: String, file: String) {
    let kind = FilePath.fileExtension(of: path)
    add(kind.isEmpty ? .unnamed(content: Self.content(of: file)) : .named(kind), path)
  }

  /// Counts a file of a kind.
  mutating func add(_ kind: UncountedFiles.Kind, _ path: String) {
    var entry = found[kind] ?? (0, path)
    entry.count += 1
    if path.utf8.lexicographicallyPrecedes(entry.first.utf8) { entry.first = path }
    found[kind] = entry
  }

  /// Adds what was counted in a folder.
  mutating func add(_ other: UncountedTally, below folder: String = "") {
    for (kind, entry) in other.found {
      let first = FilePath.join(folder, entry.first)
      var mine = found[kind] ?? (0, first)
      mine.count += entry.count
      if first.utf8.lexicographicallyPrecedes(mine.first.utf8) { mine.first = first }
      found[kind] = mine
    }
  }

  /// The kinds, the most frequent first.
  var files: [UncountedFiles] {
    found.map { UncountedFiles(kind: $0, count: $1.count, first: $1.first) }
      .sorted { ($1.count, $0.first, $0.description) < ($0.count, $1.first, $1.description) }
  }

  /// A note of it, if there is anything to say.
  var notes: [ReadingNote] { found.isEmpty ? [] : [.notCounted(files)] }

  private static func content(of file: String) -> String? {
    guard let head = try? FileBytes.head(of: file, count: FileKind.headLength) else { return nil }
    if let kind = FileKind(head: head) { return kind.noun }
    return ImageFormat(signatureOf: head).map { "\($0) image" }
  }
}
