import Files

/// The classes of a table without a label column, as the folders of its images say them: the first
/// folder, or the second where the first is a split folder. Hugging Face's `metadata.csv` beside class
/// folders is read so.
struct FolderLabels {
  /// The class of each row; nil where the path is empty.
  let labels: [String?]
  /// The split of each row, where the first folders are split folders.
  let splits: [Split?]

  /// Reads the folders; nil where some path has none, or all lie in one.
  ///
  /// - Parameter paths: cells of the table, relative to the folder of the images.
  init?(_ paths: [String]) {
    let folders = paths.map(Self.folders)
    let filled = folders.filter { $0 != nil }.compactMap { $0 }
    guard !filled.isEmpty, filled.allSatisfy({ !$0.isEmpty }) else { return nil }
    let areSplits = filled.allSatisfy { $0.count > 1 && Split(synonym: $0[0]) != nil }
    labels = folders.map { $0.map { $0[areSplits ? 1 : 0] } }
    splits = folders.map { areSplits ? $0.flatMap { Split(synonym: $0[0]) } : nil }
    guard Set(labels.compactMap { $0 }).count > 1 else { return nil }
  }

  /// The folders above an image, from the folder of the table; empty for an address or a path from the
  /// root; nil for an empty cell.
  static func folders(_ path: String) -> [String]? {
    guard !path.isEmpty else { return nil }
    let plain = path.replacing("\\", with: "/")
    guard !plain.hasPrefix("/"), !plain.contains(":") else { return [] }
    return plain.split(separator: "/").filter { $0 != "." }.dropLast().map(String.init)
  }
}
