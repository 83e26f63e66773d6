import Datasets
import Sampling
import Targets

/// What is said of data of several labels before training.
enum LabelText {
  /// `target: 14 labels, 3 of them in under 1 % of images`, and what is not known.
  ///
  /// - Parameters:
  ///   - data: all that is used.
  ///   - target: how it was found.
  ///   - unknown: what an unknown entry counts as.
  static func lines(_ data: Dataset, _ target: FoundTarget, _ unknown: UnknownLabels) -> [String] {
    guard let names = data.labelNames, !data.examples.isEmpty else { return [] }
    let table = data.labelTable(of: Array(data.examples.indices))
    let noun = data.inputKind.plural
    let rare = zip(table.present, table.absent).count { n, m in
      n + m > 0 && 100 * n < n + m
    }
    let none = (0..<table.count).count { row in !table[row].contains { $0 == true } }
    var lines = [
      "target: \(names.count) labels, \(rare) of them in under 1 % of \(noun)"
        + (none > 0 ? "; \(percent(none, of: table.count)) % of the \(noun) have none" : "")
        + (target.sign.map { " (\($0))" } ?? "")
    ]
    let missing = table.entries.count { $0 == nil }
    if missing > 0 {
      lines.append(
        "unknown: \(percent(missing, of: table.entries.count)) % of all entries are left out of loss and metrics (--unknown"
          + " zeros or ones counts them)")
    } else if unknown != .ignore {
      lines.append(
        "unknown: labels that are not known count as \(unknown == .zeros ? "not there" : "there")")
    }
    if let column = data.studyColumn {
      let studies = Set(data.examples.compactMap(\.study)).count
      let alone = data.examples.count { $0.study == nil }
      lines.append(
        "studies: \(studies) in '\(column)'"
          + (alone > 0 ? "; \(alone) of the \(noun) name none, and are studies of their own" : ""))
    }
    return lines
  }

  /// Percent with one digit behind the point.
  private static func percent(_ part: Int, of all: Int) -> String {
    "\((1000 * Double(part) / Double(all)).rounded() / 10)"
  }
}
