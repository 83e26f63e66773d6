import Datasets
import Files
import Foundation
import Targets

/// Images as `predict --filter` sorts them.
struct FilteredImages {
  let dataset: Dataset
  /// Of the images that could be read, `[N]`.
  let paths: [String]
  let filter: LabelFilter
  /// What is wrong with each of the others, by its path.
  let unreadable: [String: DataProblem]
  /// Of all labels of the model, `[L]`.
  let thresholds: [Double]

  /// A filter in numbers: `filter.json`.
  struct Summary: Codable, Equatable {
    /// One label.
    struct Label: Codable, Equatable {
      var label: String
      var threshold: Double
      /// Images of which it is said.
      var said: Int
      /// 100 (1 − N_label / N_set).
      var setScore: Double
      /// Whether it rejects.
      var rejects: Bool

      private enum CodingKeys: String, CodingKey {
        case label, threshold, said, rejects
        case setScore = "set_score"
      }
    }

    var images: Int
    var accepted: Int
    /// Of these, accepted as the last of their class.
    var keptForClass: Int
    /// Those that cannot be read among them.
    var rejected: Int
    var unreadable: Int
    /// Of the labels that reject, together.
    var setScore: Double
    var labels: [Label]

    private enum CodingKeys: String, CodingKey {
      case images, accepted, rejected, unreadable, labels
      case keptForClass = "kept_for_class"
      case setScore = "set_score"
    }
  }

  var summary: Summary {
    let accepted = filter.isAccepted.count(where: \.self)
    let scores = filter.scores
    return Summary(
      images: scores.count, accepted: accepted, keptForClass: filter.keptForClass.count,
      rejected: scores.count - accepted, unreadable: unreadable.count,
      setScore: filter.score.overall,
      labels: scores.labels.enumerated().map { place, label in
        Summary.Label(
          label: label, threshold: thresholds[place], said: scores.said[place],
          setScore: scores[label] ?? 0, rejects: filter.rejecting.contains(label))
      })
  }

  /// Writes the tables, and `filter.json` last, so that a folder with one is whole.
  ///
  /// - Throws: `FileError`.
  func write(to folder: String) throws {
    let whole = FilePath.join(folder, "filter.json")
    // That of a filter before would say that tables that are being replaced are whole.
    try? FileManager.default.removeItem(atPath: whole)
    let place = Dictionary(uniqueKeysWithValues: paths.enumerated().map { ($1, $0) })
    let own = Columns(dataset)
    let kept = Set(filter.keptForClass)
    var (accepted, rejected): ([[String]], [[String]]) = ([], [])
    for (index, example) in dataset.examples.enumerated() {
      let cells = own.cells(of: index)
      guard let row = place[example.path] else {
        let problem = unreadable[example.path].map { "cannot be read: \($0.reason)" } ?? ""
        rejected.append([example.path, "", "", problem] + cells)
        continue
      }
      let said = LabelList.text(filter.said[row])
      if filter.isAccepted[row] {
        accepted.append([example.path] + cells + (kept.isEmpty ? [] : [said]))
      } else {
        rejected.append([example.path, said, "\(filter.excess[row])", ""] + cells)
      }
    }
    try DelimitedWriter.write(
      columns: ["path"] + own.names + (kept.isEmpty ? [] : ["accepted_despite"]), rows: accepted,
      to: FilePath.join(folder, "accepted.csv"))
    try DelimitedWriter.write(
      columns: ["path", "rejected_for", "excess", "problem"] + own.names, rows: rejected,
      to: FilePath.join(folder, "rejected.csv"))
    try JSONFile.write(summary, to: whole)
  }
}

/// What a table says of its images beside their paths, to be written again.
private struct Columns {
  let names: [String]
  private let columns: [(Int) -> String]

  init(_ data: Dataset) {
    let examples = data.examples
    var found: [(name: String, cell: (Int) -> String)] = []
    if examples.contains(where: { $0.label != nil }) {
      found.append(("label", { examples[$0].label ?? "" }))
    }
    for (place, name) in (data.labelNames ?? []).enumerated() {
      found.append(
        (name, { row in (examples[row].labels?[place] ?? nil).map { $0 ? "1" : "0" } ?? "" }))
    }
    if examples.contains(where: { $0.group != nil }) {
      found.append(("group", { examples[$0].group ?? "" }))
    }
    if examples.contains(where: { $0.split != nil }) {
      found.append(("split", { examples[$0].split?.rawValue ?? "" }))
    }
    let taken = Set(
      found.map(\.name) + ["path", "rejected_for", "excess", "problem", "accepted_despite"])
    for name in Set(examples.flatMap(\.attributes.keys)).subtracting(taken).sorted() {
      found.append((name, { examples[$0].attributes[name] ?? "" }))
    }
    (names, columns) = (found.map(\.name), found.map(\.cell))
  }

  func cells(of row: Int) -> [String] { columns.map { $0(row) } }
}
