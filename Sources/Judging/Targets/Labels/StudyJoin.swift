import Evaluation
public import Files

/// How the probabilities of the views of one study become one.
public enum StudyJoin: String, Sendable, Codable, CaseIterable {
  /// Their mean.
  case mean
  /// Their greatest.
  case max
  /// `1 − Π (1 − p)`: the probability that any view shows it, were they independent.
  case noisyOr = "noisy-or"

  /// One probability of several, at least one.
  func callAsFunction(_ values: [Double]) -> Double {
    switch self {
    case .mean: values.reduce(0, +) / Double(values.count)
    case .max: values.reduce(0, Swift.max)
    case .noisyOr: 1 - values.reduce(1) { $0 * (1 - $1) }
    }
  }
}

extension LabelPredictions {
  /// One row for each study, named by it, in the order of their first views.
  ///
  /// A study has a label where any of its views has it, has it not where no view has it and all are known, and
  /// otherwise it is not known. Views with an empty cell are studies of their own. A column carried along keeps the value that
  /// all views share, and is empty where they differ.
  ///
  /// - Parameters:
  ///   - column: The column of the studies.
  ///   - join: How probabilities become one.
  ///   - file: What errors call the table.
  /// - Throws: `FileError.malformed` where there is no such column.
  public func studies(
    by column: String, _ join: StudyJoin, file: String
  ) throws(FileError) -> LabelPredictions {
    let members = try views(by: column, file: file)
    let studies = carried.named(column)?.values ?? []
    let width = labels.count
    let names = members.map { rows in
      studies[rows[0]].isEmpty ? paths[rows[0]] : studies[rows[0]]
    }
    guard Set(names).count == names.count else {
      throw .malformed(
        path: file,
        reason: "an image without a study in '\(column)' is named as a study is; name its study")
    }
    let shared = carried.columns.map { column in
      Predictions.Column(
        column.name,
        members.map { rows in
          let first = column.values[rows[0]]
          return rows.allSatisfy { column.values[$0] == first } ? first : ""
        })
    }
    return LabelPredictions(
      labels: labels, paths: names,
      truths: members.flatMap { rows in
        (0..<width).map { label -> Bool? in
          let known = rows.map { truths[$0 * width + label] }
          return known.contains(true) ? true : known.contains(nil) ? nil : false
        }
      },
      probabilities: members.flatMap { rows in
        (0..<width).map { label in join(rows.map { probabilities[$0 * width + label] }) }
      },
      carried: CarriedColumns(shared))
  }

  /// Rows of the views of each study, in the order of their first views; each view with an empty cell stands alone.
  ///
  /// - Throws: `FileError.malformed` where there is no such column.
  func views(by column: String, file: String) throws(FileError) -> [[Int]] {
    guard let studies = carried.named(column) else {
      let others = carried.names.isEmpty ? "none" : carried.names.joined(separator: ", ")
      throw .malformed(
        path: file,
        reason:
          "has no column '\(column)' to join the views of a study by; beside labels it has \(others)"
      )
    }
    var places: [String: Int] = [:]
    var members: [[Int]] = []
    for (row, name) in studies.values.enumerated() {
      if !name.isEmpty, let place = places[name] {
        members[place].append(row)
      } else {
        if !name.isEmpty { places[name] = members.count }
        members.append([row])
      }
    }
    return members
  }
}
