import Evaluation
import Files
import Requirements
import Targets

/// A table of what mistakes about labels cost: `label,miss,false_alarm`, a row a label.
enum LabelCostFile {
  private static let columns = ["label", "miss", "false_alarm"]

  /// Costs by the names of the labels; labels without a row have none.
  ///
  /// - Throws: `FileError` naming file and line for another form and an unknown label.
  static func read(_ path: String, labels: [String]) throws -> [String: LabelCosts] {
    var reader = try DelimitedReader(detecting: path)
    let places = columns.compactMap { name in reader.columns.firstIndex(of: name) }
    guard places.count == columns.count else {
      throw FileError.malformedLine(
        path: path, line: 1,
        reason: "expected the columns \(columns.joined(separator: ", ")), got"
          + " \(reader.columns.joined(separator: ", "))")
    }
    var found: [String: LabelCosts] = [:]
    while let row = try reader.next() {
      let (name, miss, alarm) = (
        row.fields[places[0]], row.fields[places[1]], row.fields[places[2]]
      )
      guard labels.contains(name) else {
        let unknown = LabelRuleError.unknownLabel(
          name, nearest: nearest(to: name, among: labels), known: labels)
        throw FileError.malformedLine(path: path, line: row.line, reason: unknown.description)
      }
      guard
        let costs = Double(miss).flatMap({ miss in
          Double(alarm).flatMap { LabelCosts(miss: miss, falseAlarm: $0) }
        })
      else {
        throw FileError.malformedLine(
          path: path, line: row.line,
          reason:
            "the costs of '\(name)' are '\(miss)' and '\(alarm)': expected two numbers above 0")
      }
      guard found.updateValue(costs, forKey: name) == nil else {
        throw FileError.malformedLine(
          path: path, line: row.line, reason: "'\(name)' has costs already; keep one row")
      }
    }
    guard !found.isEmpty else {
      throw FileError.malformed(path: path, reason: "has no row, so no label has costs")
    }
    return found
  }
}
