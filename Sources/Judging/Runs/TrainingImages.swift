public import Datasets
public import Files

/// What a model has learned from: `training-images.csv` of its run, against which other data are
/// checked before they are called a test.
public struct TrainingImages: Sendable, Equatable {
  /// Paths by digest of the decoded pixels; empty where the run did not write them.
  public var pathOfPixels: [String: String] = [:]
  /// Paths, as the run's data name them.
  public var paths: Set<String> = []
  /// Groups (patients, slides) that were learned from.
  public var groups: Set<String> = []
  /// Whether `pathOfPixels` is known, so that copies under another name are found.
  public var hasPixels: Bool

  private static let columns = ["path", "group", "pixels"]

  /// Writes the table of the training part of `data`.
  ///
  /// - Parameters:
  ///   - data: The images that were used, with their splits.
  ///   - digests: Digest of the pixels of each example of `data`, `[N]`; `nil` where not known.
  ///   - path: The file.
  /// - Throws: `FileError` when it cannot be written.
  public static func write(
    _ data: Dataset, digests: [String?], to path: String
  ) throws(FileError) {
    let rows = zip(data.examples, digests).filter { $0.0.split == .train }
      .map { [$0.path, $0.group ?? "", $1 ?? ""] }
    try DelimitedWriter.write(columns: columns, rows: rows, to: path)
  }

  /// Reads the table of a run; of a run without one, path and group from its split.
  ///
  /// - Throws: `FileError` when neither can be read, or lacks a column.
  public init(of run: RunDirectory) throws(FileError) {
    hasPixels = FilePath.isFile(run.trainingImages)
    if hasPixels {
      try read(run.trainingImages)
    } else {
      for image in try SplitFile.images(of: .train, in: run.split) { take(image.path, image.group) }
    }
  }

  private mutating func read(_ file: String) throws(FileError) {
    var reader = try DelimitedReader(path: file)
    let places = Self.columns.map { reader.columns.firstIndex(of: $0) }
    guard let path = places[0], let group = places[1], let pixels = places[2] else {
      throw .malformedLine(
        path: file, line: 1,
        reason: "expected the columns \(Self.columns.joined(separator: ", ")),"
          + " found \(reader.columns.joined(separator: ", "));"
          + " restore the file from a copy, or delete it: split.csv then says what was learned from"
      )
    }
    while let row = try reader.next() {
      take(row.fields[path], row.fields[group])
      if !row.fields[pixels].isEmpty { pathOfPixels[row.fields[pixels]] = row.fields[path] }
    }
  }

  private mutating func take(_ path: String, _ group: String) {
    paths.insert(path)
    if !group.isEmpty { groups.insert(group) }
  }
}
