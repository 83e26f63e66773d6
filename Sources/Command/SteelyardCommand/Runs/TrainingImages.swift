package import Datasets
package import Files

/// What a model has learned from: `training-images.csv` of its run, against which other data are
/// checked before they are called a test.
package struct TrainingImages: Sendable {
  /// Paths by digest of the decoded pixels; empty where the run did not write them.
  package var pathOfPixels: [String: String] = [:]
  package var paths: Set<String> = []
  package var groups: Set<String> = []
  /// Whether `pathOfPixels` is known, so that copies under another name are found.
  package var hasPixels: Bool

  private static let columns = ["path", "group", "pixels"]

  /// Writes the table of a run.
  static func write(_ data: RunData, to path: String) throws(FileError) {
    let rows = zip(data.dataset.examples, data.digests).filter { $0.0.split == .train }
      .map { [$0.path, $0.group ?? "", $1 ?? ""] }
    try DelimitedWriter.write(columns: columns, rows: rows, to: path)
  }

  /// Reads the table of a run; of a run without one, path and group from its split.
  /// - Throws: `FileError` when neither can be read.
  package init(pixels: String, split: String) throws(FileError) {
    hasPixels = FilePath.isFile(pixels)
    var reader = try DelimitedReader(path: hasPixels ? pixels : split)
    let place = Dictionary(
      reader.columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    func value(_ column: String, _ fields: [String]) -> String {
      place[column].map { fields[$0] } ?? ""
    }
    while let row = try reader.next() {
      let part = value("split", row.fields)
      guard hasPixels || part == Split.train.rawValue else { continue }
      let (path, group) = (value("path", row.fields), value("group", row.fields))
      paths.insert(path)
      if !group.isEmpty { groups.insert(group) }
      let digest = value("pixels", row.fields)
      if !digest.isEmpty { pathOfPixels[digest] = path }
    }
  }

  /// What of some data the model has learned from.
  package func overlap(with data: Dataset, _ survey: Survey) -> TrainingOverlap {
    var overlap = TrainingOverlap(comparesPixels: hasPixels)
    var images: [String: Int] = [:]
    for (example, facts) in zip(data.examples, survey.facts) {
      let digest = facts.pixels ?? facts.bytes ?? ""
      if let path = pathOfPixels[digest] {
        overlap.images.append("same pixels: \(example.path) = \(path) (train)")
      } else if !hasPixels && paths.contains(example.path) {
        overlap.images.append("same path: \(example.path)")
      }
      if let group = example.group, groups.contains(group) { images[group, default: 0] += 1 }
    }
    overlap.groups = images.sorted { $0.key < $1.key }
      .map { "group '\($0.key)' (\($0.value)) lies in train too" }
    return overlap
  }
}

/// Images or groups of other data that a model has learned from.
package struct TrainingOverlap: Error, Equatable, Sendable {
  /// Equal images, a line each.
  package var images: [String] = []
  /// Groups met in training, a line each.
  package var groups: [String] = []
  /// Whether pixels were compared, and not only names.
  package var comparesPixels: Bool

  package var isEmpty: Bool { images.isEmpty && groups.isEmpty }
}

extension TrainingOverlap: CustomStringConvertible {
  /// The first 20 lines, the number of all, and what to do.
  package var description: String {
    let lines = groups + images
    let rest = lines.count - DataProblems.limit
    let shown = lines.prefix(DataProblems.limit) + (rest > 0 ? ["… and \(rest) more"] : [])
    return "the model has learned from some of these data, so the numbers would flatter:\n"
      + shown.joined(separator: "\n") + "\n"
      + "Leave them out, or go on all the same with --allow-leakage."
  }
}
