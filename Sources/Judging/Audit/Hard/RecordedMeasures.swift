public import Files

/// What the records of training steps, a run's `examples.csv`, say of each example.
///
/// A value is a mean or a sum over the rows that stand under the example's path. EL2N and GraNd take the first epochs alone,
/// for once a training set is known by heart they are near 0 for all. Of mixed rows, values are those of the mixture: the
/// weaker an example's part in it, the less they are its own (``mixedRows`` says how many there are).
public struct RecordedMeasures: Sendable, Equatable {
  /// What is said of one example; nil where there is no row for it.
  public struct Example: Sendable, Equatable {
    /// Mean margin over all rows.
    public var aum: Double?
    /// Mean EL2N over the rows of the first epochs.
    public var el2n: Double?
    /// Mean norm of the last layer's gradient over the rows of the first epochs.
    public var grand: Double?
    /// Steps from right to wrong; where it was never right, one more than the most of any example.
    public var forgetting: Double?
    /// Σ η ‖∂ℓ/∂θ‖² over all rows, η the learning rate of the row's epoch.
    public var selfInfluence: Double?
  }

  /// What is said of each example, by path.
  public let examples: [String: Example]
  /// Epochs that EL2N and GraNd are of.
  public let early: Int
  /// Rows that were read.
  public let rows: Int
  /// Rows of which less than the whole target was the example's own.
  public let mixedRows: Int

  /// Reads a table of records, row by row.
  ///
  /// - Parameters:
  ///   - file: a CSV or TSV with the columns path, epoch, margin, correct, el2n, grad_norm and weight, in the order of the steps.
  ///   - early: last epoch of EL2N and GraNd, at least 1.
  ///   - rates: learning rate of each epoch; rows of other epochs do not count for ``Example/selfInfluence``.
  /// - Throws: `FileError` naming the column that is not there, or the line whose field is no number.
  public init(_ file: String, early: Int, rates: [Int: Double] = [:]) throws(FileError) {
    var reader = try DelimitedReader(detecting: file)
    let columns = try RecordColumns(reader.columns, of: file)
    var tallies: [String: RecordTally] = [:]
    var (rows, mixed) = (0, 0)
    while let row = try reader.next() {
      let values = try columns.values(of: row)
      rows += 1
      if values.weight < 1 { mixed += 1 }
      tallies[row.fields[columns.path], default: RecordTally()]
        .add(values, isEarly: values.epoch <= early, rate: rates[values.epoch])
    }
    let most = tallies.values.map(\.correct.falls).max() ?? 0
    examples = tallies.mapValues { tally in
      Example(
        aum: tally.margin.mean, el2n: tally.error.mean, grand: tally.gradient.mean,
        forgetting: Double(tally.correct.isEverAboveZero ? tally.correct.falls : most + 1),
        selfInfluence: tally.selfInfluence)
    }
    (self.early, self.rows, mixedRows) = (early, rows, mixed)
  }
}

/// Where the columns of the records stand.
private struct RecordColumns {
  struct Values {
    var epoch: Int
    var margin, gradient: Double?
    var correct, error, weight: Double
  }

  let path: Int
  private let file: String
  private let epoch, margin, correct, error, gradient, weight: Int

  init(_ names: [String], of file: String) throws(FileError) {
    func place(_ name: String) throws(FileError) -> Int {
      if let place = names.firstIndex(of: name) { return place }
      throw .malformedLine(
        path: file, line: 1,
        reason:
          "lacks the column '\(name)'; expected what train --record examples writes: path, epoch, margin, correct, el2n, grad_norm, weight"
      )
    }
    self.file = file
    (path, epoch) = (try place("path"), try place("epoch"))
    (margin, correct) = (try place("margin"), try place("correct"))
    (error, gradient) = (try place("el2n"), try place("grad_norm"))
    weight = try place("weight")
  }

  func values(of row: DelimitedRow) throws(FileError) -> Values {
    func number(_ place: Int) throws(FileError) -> Double {
      if let value = Double(row.fields[place]), value.isFinite { return value }
      throw .malformedLine(
        path: file, line: row.line, reason: "expected a number, got '\(row.fields[place])'")
    }
    func optional(_ place: Int) throws(FileError) -> Double? {
      row.fields[place].isEmpty ? nil : try number(place)
    }
    guard let epoch = Int(row.fields[epoch]) else {
      throw .malformedLine(
        path: file, line: row.line,
        reason: "expected the number of an epoch, got '\(row.fields[epoch])'")
    }
    return Values(
      epoch: epoch, margin: try optional(margin), gradient: try optional(gradient),
      correct: try number(correct), error: try number(error), weight: try number(weight))
  }
}

/// What is counted of one example.
private struct RecordTally {
  var margin = ScoreTally()
  var error = ScoreTally()
  var gradient = ScoreTally()
  var correct = ScoreTally()
  var selfInfluence: Double?

  mutating func add(_ values: RecordColumns.Values, isEarly: Bool, rate: Double?) {
    correct.add(values.correct)
    if let value = values.margin { margin.add(value) }
    if isEarly { error.add(values.error) }
    guard let norm = values.gradient else { return }
    if isEarly { gradient.add(norm) }
    if let rate { selfInfluence = (selfInfluence ?? 0) + rate * norm * norm }
  }
}
