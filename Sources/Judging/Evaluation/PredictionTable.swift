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
  private let index: [String: Int]
  private var paths: [String] = []
  private var truths: [Int?] = []
  private var predicted: [Int] = []
  private var probabilities: [Double] = []
  private var values: [[String]]
  private var texts: [String: String] = [:]

  init(_ columns: PredictionColumns, header: [String]) {
    self.columns = columns
    self.header = header
    index = Dictionary(columns.classes.enumerated().map { ($1, $0) }) { first, _ in first }
    values = columns.carried.map { _ in [] }
  }

  /// Reads all rows that are left, `first` before them.
  ///
  /// - Throws: `FileError` naming file and line.
  mutating func read(
    _ reader: inout DelimitedReader, first: consuming DelimitedRecord
  ) throws(FileError) {
    var record = first
    repeat {
      try add(record)
      if paths.count == Self.estimateAfter {
        reserve(reader.estimatedCount(afterReading: paths.count))
      }
    } while try reader.next(into: &record)
  }

  /// The predictions.
  ///
  /// - Throws: `PredictionsError.duplicatePath` or `.duplicateClass`.
  consuming func predictions() throws(PredictionsError) -> Predictions {
    let carried = zip(columns.carried, values).map { Predictions.Column(header[$0], $1) }
    return try Predictions(
      unchecked: columns.classes, paths: paths, truths: truths, predicted: predicted,
      probabilities: probabilities, columns: carried)
  }

  /// A little more than estimated: a second array of all probabilities is what must not happen.
  private mutating func reserve(_ rows: Int) {
    let rows = rows + rows / 50
    paths.reserveCapacity(rows)
    truths.reserveCapacity(rows)
    predicted.reserveCapacity(rows)
    probabilities.reserveCapacity(rows * columns.classes.count)
    for column in values.indices { values[column].reserveCapacity(rows) }
  }

  private mutating func add(_ record: DelimitedRecord) throws(FileError) {
    let path = try record.text(columns.id)
    let start = probabilities.count
    for (place, column) in columns.scores.enumerated() {
      probabilities.append(try score(record, column, path, columns.classes[place]))
    }
    if columns.kind == .logit {
      softmax(from: start)
    } else {
      try checkSum(record, from: start, path)
    }
    truths.append(
      try columns.truth.map { column throws(FileError) in
        try classIndex(record, column, isOptional: true)
      } ?? nil)
    let decided =
      try columns.decision.map { column throws(FileError) in
        try classIndex(record, column, isOptional: false)
      } ?? nil
    predicted.append(decided ?? mostProbable(probabilities[start...]))
    paths.append(path)
    for (place, column) in columns.carried.enumerated() {
      values[place].append(shared(try record.text(column)))
    }
  }

  private func score(
    _ record: DelimitedRecord, _ column: Int, _ path: String, _ name: String
  ) throws(FileError) -> Double {
    let number = record.number(column)
    if columns.kind == .logit {
      guard let number, number.isFinite else {
        throw error(
          record, "'\(path)': expected a finite logit of \(name), got '\(try record.text(column))'")
      }
      return number
    }
    guard let number, number >= 0, number <= 1 else {
      let text = try record.text(column)
      let advice =
        number.map { $0 > 1 && $0 <= 100 } ?? false
        ? "; divide percents by 100, or name the columns logit_<class>" : ""
      throw error(
        record, "'\(path)': expected a probability of \(name) in 0…1, got '\(text)'\(advice)")
    }
    return number
  }

  private func checkSum(
    _ record: DelimitedRecord, from start: Int, _ path: String
  ) throws(FileError) {
    let sum = probabilities[start...].reduce(0, +)
    guard abs(sum - 1) > Predictions.tolerance else { return }
    let names = columns.scores.map { header[$0] }.joined(separator: ", ")
    let advice =
      columns.kind == .bare
      ? "; if not all of these are classes, name those that are prob_<class>"
      : "; divide each row by its sum, or name the columns logit_<class> if they are logits"
    throw error(
      record,
      "'\(path)': expected probabilities that sum to 1, got a sum of \(sum) over \(names)"
        + advice)
  }

  /// `e^{z_k − max z} / Σ`, in place.
  private mutating func softmax(from start: Int) {
    let largest = probabilities[start...].max() ?? 0
    var sum = 0.0
    for place in start..<probabilities.count {
      probabilities[place] = exp(probabilities[place] - largest)
      sum += probabilities[place]
    }
    for place in start..<probabilities.count { probabilities[place] /= sum }
  }

  private func classIndex(
    _ record: DelimitedRecord, _ column: Int, isOptional: Bool
  ) throws(FileError) -> Int? {
    let name = try record.text(column)
    if let found = index[name] { return found }
    if isOptional, name.isEmpty { return nil }
    let wanted = columns.kind == .bare ? name : columns.kind.rawValue + name
    throw error(
      record,
      "\(header[column]) is '\(name)', which has no column \(wanted);"
        + " the classes are \(columns.classes.joined(separator: ", "))")
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
