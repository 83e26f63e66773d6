import Files
import Imaging

extension InputKind {
  /// What the data at a path are, as ``Dataset/open(_:imageRoot:labels:columns:dropping:input:)`` takes them
  /// where it is not told.
  ///
  /// Looks at endings, at the names in a folder, at the first bytes of `.ts` files there, at the
  /// names of the arrays in an `.npz` or `.safetensors` and at the header of a table, and reads no
  /// further. Where nothing speaks for rows of numbers, the answer is images.
  ///
  /// - Parameter path: file or folder.
  /// - Throws: ``DatasetError/file(_:)`` when nothing is there.
  public static func found(at path: String) throws(DatasetError) -> InputKind {
    try InputSign(at: path)?.kind ?? .images
  }
}

/// What speaks for data being rows of numbers.
struct InputSign: Equatable {
  let kind: InputKind
  /// In words, to stand behind "read as features: ".
  let sign: String

  /// Names of the arrays of an `.npz` that hold features, the best first.
  static let arrays = ["features", "X"]

  /// The sign that a path gives; nil where there is none.
  init?(at path: String) throws(DatasetError) {
    if FilePath.isFolder(path) {
      try self.init(folder: path)
    } else if ShardPattern.isOne(path) {
      return nil
    } else {
      guard FilePath.isFile(path) else { throw .file(.missing(path: path)) }
      self.init(file: path)
    }
  }

  private init(_ kind: InputKind, _ sign: String) { (self.kind, self.sign) = (kind, sign) }

  private init?(file path: String) {
    switch FilePath.fileExtension(of: path) {
    case "ts": self.init(.series, "the name ends in .ts")
    case "npy": self.init(.features, "the name ends in .npy")
    case "safetensors":
      guard let name = (try? FeatureTensors(path: path))?.features else { return nil }
      self.init(.features, "it has a tensor '\(name)'")
    case "npz":
      guard let names = try? NpzArchive(path: path).names,
        !names.contains(where: { name in Split.allCases.contains { name == "\($0)_images" } }),
        let name = Self.arrays.first(where: names.contains)
      else { return nil }
      self.init(.features, "it has an array '\(name)'")
    case "csv", "tsv", "tab":
      guard let reader = try? DelimitedReader(detecting: path, allowingUnnamed: true),
        reader.columns.contains(where: { Blanks.trimmed($0) == "feature_0" })
      else { return nil }
      self.init(.features, "its header has feature_0")
    default: return nil
    }
  }

  private init?(folder path: String) throws(DatasetError) {
    let items = try FolderListing.itemsOrDatasetError(path)
    if let file = SeriesFolder.files(in: items, folder: path).first {
      self.init(.series, "the folder holds \(file)")
    } else if let file = FeatureFolder.files(in: items).first {
      self.init(.features, "the folder holds \(file)")
    } else if let table = try? ManifestReader.table(in: items, folder: path) {
      self.init(file: FilePath.join(path, table))
    } else {
      return nil
    }
  }
}
