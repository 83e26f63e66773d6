import Evaluation
public import Files

extension LabelPredictions {
  /// The table as ``read(_:unknown:)`` reads it: `path`, `true_<label>` (blank where not known), `prob_<label>`, and the columns
  /// carried along.
  ///
  /// - Parameters:
  ///   - decided: from this probability on each label is said to be there, `[L]`: a column `y_pred` of lists follows.
  ///   - isTruthShown: whether the columns of the truth stand in the table.
  ///   - answers: what conformal sets say, `[N, L]` flat: a column `set_<label>` of each label that has some follows.
  /// - Returns: names of the columns, and the rows.
  public func table(
    deciding decided: [Double]? = nil, showingTruth isTruthShown: Bool = true,
    answers: [LabelAnswer?]? = nil
  ) -> (columns: [String], rows: [[String]]) {
    let width = labels.count
    let answered = labels.indices.filter { label in
      answers.map { !$0.isEmpty && $0[label] != nil } ?? false
    }
    let columns =
      ["path"] + (isTruthShown ? labels.map { "true_\($0)" } : []) + labels.map { "prob_\($0)" }
      + (decided == nil ? [] : ["y_pred"]) + answered.map { "set_\(labels[$0])" } + carried.names
    let rows = paths.indices.map { row -> [String] in
      let entries = row * width..<(row + 1) * width
      let known = truths[entries].map { $0.map { $0 ? "1" : "0" } ?? "" }
      let said = decided.map { thresholds in
        [
          LabelList.text(
            zip(labels, zip(probabilities[entries], thresholds)).compactMap {
              $1.0 >= $1.1 ? $0 : nil
            })
        ]
      }
      return [paths[row]] + (isTruthShown ? known : []) + probabilities[entries].map { "\($0)" }
        + (said ?? [])
        + answered.map { answers?[row * width + $0]?.rawValue ?? "" }
        + carried.columns.map { $0.values[row] }
    }
    return (columns, rows)
  }

  /// Writes the table atomically; separated by tabs where the name ends in `.tsv`.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - decided: As of ``table(deciding:showingTruth:answers:)``.
  ///   - isTruthShown: As of ``table(deciding:showingTruth:answers:)``.
  ///   - answers: As of ``table(deciding:showingTruth:answers:)``.
  /// - Throws: `FileError` when it cannot be written.
  public func write(
    to path: String, deciding decided: [Double]? = nil, showingTruth isTruthShown: Bool = true,
    answers: [LabelAnswer?]? = nil
  ) throws(FileError) {
    let (columns, rows) = table(
      deciding: decided, showingTruth: isTruthShown, answers: answers)
    try DelimitedWriter.write(columns: columns, rows: rows, to: path)
  }
}

extension LabelList {
  /// Labels as a cell that ``parts(_:among:)`` reads: `a|b`, or a list in JSON where a name has a mark of lists in it.
  package static func text(_ labels: [String]) -> String {
    guard labels.contains(where: { $0.contains("|") || $0.contains(";") || $0.hasPrefix("[") })
    else { return labels.joined(separator: "|") }
    let quoted = labels.map { name in
      "\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    return "[" + quoted.joined(separator: ", ") + "]"
  }
}
