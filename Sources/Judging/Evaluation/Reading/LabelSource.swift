import Files

/// Where the class of each row comes from: a column of labels, a column of 0 and 1 for each class, or nowhere.
enum LabelSource {
  case labels(LabelColumn, Int)
  case oneHot([Int], classes: [String], found: [Int?])
  case none

  /// - Parameters:
  ///   - source: The columns.
  ///   - found: All that was found in the header.
  ///   - header: Names of the columns.
  ///   - isOptional: Whether a row may have no class.
  init(
    _ source: PredictionColumns.Source?, _ found: PredictionColumns.Found, _ header: [String],
    isOptional: Bool
  ) {
    var aliases: [String: Int] = [:]
    if case .lone(let score) = found.scores { aliases = score.aliases }
    switch source {
    case .labels(let column):
      self = .labels(
        LabelColumn(
          header[column], classes: found.classes, known: aliases, prefix: found.prefix,
          isOptional: isOptional), column)
    case .oneHot(let columns): self = .oneHot(columns, classes: found.classes, found: [])
    case nil: self = .none
    }
  }

  mutating func reserve(_ rows: Int) {
    if case .labels(var labels, let column) = self {
      self = .none
      labels.reserve(rows)
      self = .labels(labels, column)
    }
  }

  /// Takes in the class of the next row.
  ///
  /// - Throws: `FileError.malformedLine` for what is no class, or several.
  mutating func add(_ record: DelimitedRecord, path: String) throws(FileError) {
    switch self {
    case .none: break
    case .labels(var labels, let column):
      self = .none
      defer { self = .labels(labels, column) }
      try labels.add(record, column)
    case .oneHot(let columns, let classes, var found):
      self = .none
      defer { self = .oneHot(columns, classes: classes, found: found) }
      var ones: [Int] = []
      for (place, column) in columns.enumerated() {
        let number = record.number(column)
        guard number == 0 || number == 1 else {
          throw .malformedLine(
            path: record.file, line: record.line,
            reason: "'\(path)': expected 1 or 0 for whether it is \(classes[place]), got"
              + " '\(try record.text(column))'")
        }
        if number == 1 { ones.append(place) }
      }
      guard ones.count <= 1 else {
        throw .malformedLine(
          path: record.file, line: record.line,
          reason:
            "'\(path)' is \(ones.map { classes[$0] }.joined(separator: " and ")): of images with"
            + " several labels the table is one of labels, with the columns true_<label> and prob_<label> for each"
        )
      }
      found.append(ones.first)
    }
  }

  /// The class of each row, `[N]`, and what was guessed.
  ///
  /// - Throws: `FileError.malformedLine` for a label that is no class.
  func resolved(
    _ file: String, rows: Int
  ) throws(FileError) -> (classes: [Int?], said: ReadingStatement?) {
    switch self {
    case .none: ([Int?](repeating: nil, count: rows), nil)
    case .labels(let labels, _): try labels.resolved(file)
    case .oneHot(_, _, let found): (found, nil)
    }
  }
}
