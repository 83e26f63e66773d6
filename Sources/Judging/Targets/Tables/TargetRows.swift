import Evaluation
import Files

/// What every table of predictions has beside its targets, as it fills up: names of the examples and columns carried
/// along.
struct TargetRows {
  private(set) var paths: [String] = []
  private var lines: [String: Int] = [:]
  private let carried: [Int]
  private var values: [[String]]

  init(carried: [Int]) {
    self.carried = carried
    values = carried.map { _ in [] }
  }

  /// Takes in the next row.
  ///
  /// - Returns: What identifies its example.
  /// - Throws: `FileError.malformedLine` for an example that has no name, or a row already.
  mutating func add(_ record: DelimitedRecord, id: Int) throws(FileError) -> String {
    let path = try record.text(id)
    guard !path.isEmpty else {
      throw .malformedLine(
        path: record.file, line: record.line, reason: "the row does not name its example")
    }
    if let earlier = lines.updateValue(record.line, forKey: path) {
      throw .malformedLine(
        path: record.file, line: record.line,
        reason:
          "'\(path)' has a row already, in line \(earlier); every example must be evaluated exactly once"
      )
    }
    paths.append(path)
    for (place, column) in carried.enumerated() { values[place].append(try record.text(column)) }
    return path
  }

  /// The columns carried along.
  func columns(_ header: [String]) -> CarriedColumns {
    CarriedColumns(zip(carried, values).map { Predictions.Column(header[$0], $1) })
  }
}
