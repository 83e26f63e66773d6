import Audit
import Evaluation
import Files
import Runs

/// Labels of several raters, and what a model says of the same rows.
struct RaterInput {
  var table: RatingTable
  /// Nil without predictions.
  var model: RatedProbabilities?
  /// What is worth saying of how they were read.
  var notes: [String]

  /// Ratings alone.
  ///
  /// - Throws: `FileError` and `RatingError`.
  init(_ ratings: String, columns: [String]?, classes: [String]?) throws {
    table = try RatingTable.read(ratings, raters: columns, classes: classes)
    notes = table.notes
  }

  /// Ratings and a table of predictions, a cross-fit or a run.
  ///
  /// - Throws: besides, `PredictionsError`, `LabelledPredictionsError`, `AuditError`.
  init(
    _ ratings: String, columns: [String]?, predictions path: String, split: String?,
    _ options: PredictionOptions
  ) throws {
    let (read, said) = try Self.predictions(path, split: split, options)
    guard read.hasScores else {
      throw LabelledPredictionsError.needsScores(path, what: "an audit of raters")
    }
    guard read.classes.count > 1 else { throw AuditError.oneClass(path) }
    table = try RatingTable.read(ratings, raters: columns, classes: read.classes)
    notes = said + table.notes
    try join(
      ratings, path, ProbabilityRows(read.probabilities, classes: read.classes.count), read.paths,
      given: read.truths)
  }

  /// Ratings and arrays, whose labels have paths.
  ///
  /// - Throws: besides, `OptionError.conflict` where they have none.
  init(_ ratings: String, columns: [String]?, _ arrays: ArrayFlags, _ input: AuditInput) throws {
    guard let paths = input.labels.paths else {
      throw OptionError.conflict(
        "given: the rows of \(arrays.given ?? "") have no names that ratings could know them by; give a table with a column path"
      )
    }
    table = try RatingTable.read(ratings, raters: columns, classes: input.labels.classes)
    notes = table.notes
    if let twice = input.labels.repeated {
      notes.append(
        "\(arrays.given ?? ""): '\(twice.path)' stands in rows \(twice.first) and \(twice.second); rows of one name are one row of"
          + " ratings, by the last of them")
    }
    try join(
      ratings, arrays.probabilities ?? "", input.rows, paths,
      given: input.labels.given.map { Int($0) })
  }

  /// The predictions, with or without true classes.
  private static func predictions(
    _ path: String, split: String?, _ options: PredictionOptions
  ) throws -> (Predictions, [String]) {
    let table = CrossfitTable.path(of: path) ?? path
    if split == nil, FilePath.isFile(table) {
      let reading = try PredictionReading.table(table, options)
      return (reading.predictions, reading.statements.map(\.description))
    }
    let read = try LabelledPredictions(table, split: split, options)
    return (read.predictions, read.notes)
  }

  /// Finds the rated rows among the predictions, by path.
  private mutating func join(
    _ ratings: String, _ file: String, _ rows: ProbabilityRows, _ paths: [String], given: [Int?]
  ) throws {
    let places = Dictionary(
      paths.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { $1 })
    let known = table.paths.indices.filter { places[table.paths[$0]] != nil }
    let shared = known.count { table.ratings[$0].count > 1 }
    guard shared > 0 else {
      throw RatingError.noOverlapWithModel(file: ratings, predictions: file, rows: known.count)
    }
    model = try RatedProbabilities(
      rows, places: known.map { places[table.paths[$0]] ?? 0 }, rows: known)
    let missing = table.paths.count - known.count
    if missing > 0, let first = table.paths.first(where: { places[$0] == nil }) {
      notes.append(
        "\(file): has no predictions of \(missing) of \(table.paths.count) rated rows, such as '\(first)'; their consensus is that of"
          + " the raters alone")
    }
    if known.count < places.count {
      notes.append(
        "\(ratings): \(places.count - known.count) of \(places.count) rows of \(file) have no rating, and are left out"
      )
    }
    var others = 0
    for row in known {
      guard let label = given[places[table.paths[row]] ?? 0] else { continue }
      if let own = table.given[row], own != label { others += 1 }
      table.given[row] = table.given[row] ?? label
    }
    if others > 0 {
      notes.append(
        "\(ratings): \(others) rows have another given label than in \(file); that of the ratings is taken"
      )
    }
  }
}
