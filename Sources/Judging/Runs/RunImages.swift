public import Datasets
public import Files

/// `images.csv`: every image that a run used, with its part and the digest of its pixels, so that images which have
/// changed since are told, and copies of what was learned from are found in other data.
///
/// Runs from before there was one have `training-images.csv`, of the training part alone.
public enum RunImages {
  static let columns = ["path", "group", "split", "pixels"]

  /// Writes the table atomically, one row per example in the order of the data.
  ///
  /// - Parameters:
  ///   - data: The images that were used, with their splits.
  ///   - digests: Digest of the pixels of each example of `data`, `[N]`; `nil` where not known.
  ///   - path: The file.
  /// - Throws: `FileError` when it cannot be written.
  public static func write(
    _ data: Dataset, digests: [String?], to path: String
  ) throws(FileError) {
    let rows = zip(data.examples, digests).map {
      [$0.path, $0.group ?? "", $0.split?.rawValue ?? "", $1 ?? ""]
    }
    try DelimitedWriter.write(columns: columns, rows: rows, to: path)
  }

  /// The digests that a run has stored, by path; of an old run those of its training part, or none.
  ///
  /// - Parameter run: The run.
  /// - Throws: `FileError` when the table cannot be read, or lacks a column.
  public static func digests(of run: RunDirectory) throws(FileError) -> [String: String] {
    var digests: [String: String] = [:]
    if FilePath.isFile(run.images) || FilePath.isFile(run.trainingImages) {
      try read(run) { digests[$0.path] = $0.pixels.isEmpty ? nil : $0.pixels }
    }
    return digests
  }

  /// A row of the table.
  struct Row {
    var path: String
    var group: String
    var pixels: String
    /// Whether it was learned from.
    var isTraining: Bool
  }

  /// Reads the table of a run.
  static func read(_ run: RunDirectory, _ take: (Row) -> Void) throws(FileError) {
    let isWhole = FilePath.isFile(run.images)
    let file = isWhole ? run.images : run.trainingImages
    let expected = isWhole ? columns : columns.filter { $0 != "split" }
    var reader = try DelimitedReader(path: file)
    let places = expected.compactMap { reader.columns.firstIndex(of: $0) }
    guard places.count == expected.count else {
      throw .malformedLine(
        path: file, line: 1,
        reason: "expected the columns \(expected.joined(separator: ", ")),"
          + " found \(reader.columns.joined(separator: ", "));"
          + " restore the file from a copy, or delete it: split.csv then says what was learned from"
      )
    }
    while let row = try reader.next() {
      let fields = places.map { row.fields[$0] }
      take(
        Row(
          path: fields[0], group: fields[1], pixels: fields[places.count - 1],
          isTraining: !isWhole || Split(synonym: fields[2]) == .train))
    }
  }
}
