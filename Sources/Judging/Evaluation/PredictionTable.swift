import Files

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file of predictions as it fills up, row by row.
///
/// Probabilities lie in one flat array whose size is estimated from the first rows, and texts that occur
/// again and again (groups, sites) are kept once.
struct PredictionTable {
  private static let estimateAfter = 1000

  private let columns: PredictionColumns
  private let header: [String]
  private let file: String
  private let options: PredictionOptions
  private var paths: [String] = []
  private var truths: LabelSource
  private var decisions: LabelSource
  private var sums: RowSums
  private var probabilities: [Double] = []
  private var clipped = 0
  private var values: [[String]]
  private var texts: [String: String] = [:]

  init(
    _ columns: PredictionColumns, header: [String], _ options: PredictionOptions, file: String
  ) {
    (self.columns, self.header, self.options, self.file) = (columns, header, options, file)
    truths = LabelSource(columns.truth, columns.found, header, isOptional: true)
    decisions = LabelSource(columns.decision, columns.found, header, isOptional: false)
    sums = RowSums(renormalizes: options.renormalizes, isBare: columns.found.isBare)
    values = columns.carried.map { _ in [] }
  }

  /// Reads all rows.
  ///
  /// - Throws: `FileError` naming file and line.
  mutating func read(_ reader: inout DelimitedReader) throws(FileError) {
    var record = DelimitedRecord()
    while try reader.next(into: &record) {
      try add(record)
      if paths.count == Self.estimateAfter {
        reserve(reader.estimatedCount(afterReading: paths.count))
      }
    }
  }

  /// The predictions.
  ///
  /// - Throws: `PredictionsError.unnormalized`, `.duplicatePath` or `.duplicateClass`, or `.file` for labels
  ///   that are no classes.
  consuming func reading() throws(PredictionsError) -> PredictionReading {
    let scored = scoreColumns.map { header[$0] }
    if let problem = sums.problem(file, scored, total: paths.count) { throw .unnormalized(problem) }
    var statements = columns.found.statements
    let (truths, decided): ([Int?], [Int?]?)
    do throws(FileError) {
      let (known, saidOfTruth) = try self.truths.resolved(file, rows: paths.count)
      let (given, saidOfDecision) = try decisions.resolved(file, rows: paths.count)
      statements += [saidOfTruth, saidOfDecision].compactMap { $0 }
      (truths, decided) = (known, columns.decision == nil ? nil : given)
    } catch {
      throw .file(error)
    }
    statements += [sums.said, clipped > 0 ? .clipped(clipped) : nil].compactMap { $0 }
    let carried = zip(columns.carried, values).map { Predictions.Column(header[$0], $1) }
    let assembly = PredictionAssembly(
      classes: columns.classes, paths: paths, truths: truths, decided: decided,
      probabilities: probabilities, columns: carried, options: options,
      decisionName: decisionName, lone: lone)
    return try assembly.reading(file, columns.found.scores, statements, header)
  }

  private var decisionName: String {
    if case .labels(let column)? = columns.decision { header[column] } else { "y_pred" }
  }

  private var lone: LoneScore? {
    if case .lone(let score) = columns.found.scores { score } else { nil }
  }

  private var scoreColumns: [Int] {
    switch columns.found.scores {
    case .probabilities(let list), .logits(let list): list
    case .lone(let score): [score.column]
    case .none: []
    }
  }

  /// A little more than estimated: a second array of all probabilities is what must not happen.
  private mutating func reserve(_ rows: Int) {
    let rows = rows + rows / 50
    paths.reserveCapacity(rows)
    truths.reserve(rows)
    decisions.reserve(rows)
    if case .none = columns.found.scores {
    } else {
      probabilities.reserveCapacity(rows * columns.classes.count)
    }
    for column in values.indices { values[column].reserveCapacity(rows) }
  }

  private mutating func add(_ record: DelimitedRecord) throws(FileError) {
    let path = try record.text(columns.id)
    let start = probabilities.count
    switch columns.found.scores {
    case .none: break
    case .lone(let lone):
      let value = try score(record, lone.column, path, lone.classes[1], isLogit: lone.isLogit)
      let p = lone.isLogit ? 1 / (1 + exp(-value)) : value
      probabilities += [1 - p, p]
    case .logits(let list):
      for (place, column) in list.enumerated() {
        probabilities.append(
          try score(record, column, path, columns.classes[place], isLogit: true))
      }
      softmax(&probabilities, from: start)
    case .probabilities(let list):
      for (place, column) in list.enumerated() {
        probabilities.append(
          try score(record, column, path, columns.classes[place], isLogit: false))
      }
      try sums.add(&probabilities[start...], record, list, path: path)
    }
    try truths.add(record, path: path)
    try decisions.add(record, path: path)
    paths.append(path)
    for (place, column) in columns.carried.enumerated() {
      values[place].append(shared(try record.text(column)))
    }
  }

  private mutating func score(
    _ record: DelimitedRecord, _ column: Int, _ path: String, _ name: String, isLogit: Bool
  ) throws(FileError) -> Double {
    let number = record.number(column)
    if isLogit {
      guard let number, number.isFinite else {
        throw error(
          record, "'\(path)': expected a finite logit of \(name), got '\(try record.text(column))'")
      }
      return number
    }
    if let number, number >= 0, number <= 1 { return number }
    // What a sum in single precision makes of 0 and 1.
    let slack = ColumnProfile.Column.slack
    if let number, number >= -slack, number <= 1 + slack {
      clipped += 1
      return number < 0 ? 0 : 1
    }
    let text = try record.text(column)
    throw error(
      record,
      "'\(path)': expected a probability of \(name) in 0…1, got '\(text)'"
        + Self.advice(text, number))
  }

  private static func advice(_ text: String, _ number: Double?) -> String {
    guard let number else {
      let isDecimalComma =
        text.split(separator: ",", omittingEmptySubsequences: false).count == 2
        && text.allSatisfy { $0.isNumber || $0 == "," }
      return isDecimalComma
        ? "; write decimals with a point"
        : text.hasPrefix("[") || text.hasPrefix("tensor")
          ? "; write one column prob_<class> for each class" : ""
    }
    if number < 0 {
      return "; a negative number is a logit or a logarithm: name the columns logit_<class>"
    }
    return number > 1
      ? number <= 100
        ? "; divide percents by 100, or name the columns logit_<class>"
        : "; if these are logits, name the columns logit_<class>"
      : ""
  }

  /// One copy of texts that come again; those that never do are not worth a place in the list.
  private mutating func shared(_ text: String) -> String {
    if let known = texts[text] { return known }
    if texts.count < 4096 { texts[text] = text }
    return text
  }

  private func error(_ record: DelimitedRecord, _ reason: String) -> FileError {
    .malformedLine(path: record.file, line: record.line, reason: reason)
  }
}
