import Evaluation
public import Files

/// What the cells of a table say about its kind of target, where its header leaves that open.
///
/// A table is one of **numbers** where it has a truth and a prediction and no scores, all cells of both are numbers,
/// and one of them has a fraction. It is one of **labels** where a row has two labels at once, or a label of a row is
/// unknown beside known ones, or where rows without any label have probabilities that do not sum to 1. Everything
/// else is a table of classes, as it always was.
public struct TargetSketch: Sendable, Equatable {
  /// Whether truth and prediction are numbers with fractions.
  public private(set) var holdsNumbers = false
  /// Whether rows have several labels.
  public private(set) var holdsLabels = false

  /// Reads a table once.
  ///
  /// - Parameter path: A file separated by commas, semicolons or tabs.
  /// - Throws: `FileError` where it cannot be read, or is no table.
  public init(_ path: String) throws(FileError) {
    var reader = try DelimitedReader(detecting: path)
    try self.init(&reader)
  }

  /// Whether a header leaves room for numbers: a truth and a prediction, and no scores.
  ///
  /// - Parameter path: The table.
  /// - Throws: `FileError` where it cannot be read, or is no table.
  public static func mayHoldNumbers(_ path: String) throws(FileError) -> Bool {
    let header = try DelimitedReader(detecting: path).columns
    return numberColumns(header, file: path) != nil
  }

  init(_ reader: inout DelimitedReader) throws(FileError) {
    let header = reader.columns
    if let (truth, guess) = Self.numberColumns(header, file: "") {
      try readNumbers(&reader, truth, guess)
      return
    }
    let columns = LabelColumns.Found(header)
    guard columns.labels.count > 1 else { return }
    var record = DelimitedRecord()
    while try reader.next(into: &record), !holdsLabels {
      holdsLabels = try columns.isOfSeveral(record)
    }
  }

  private static func numberColumns(_ header: [String], file: String) -> (Int, Int)? {
    let names = NamedColumns(header, file: file)
    let hasScores = header.contains {
      $0.lowercased().hasPrefix("prob_") || $0.lowercased().hasPrefix("logit_")
    }
    guard !hasScores, let truth = names.first(PredictionColumns.truthNames),
      let guess = names.first(PredictionColumns.decisionNames)
    else { return nil }
    return (truth, guess)
  }

  private mutating func readNumbers(
    _ reader: inout DelimitedReader, _ truth: Int, _ guess: Int
  ) throws(FileError) {
    var (hasFraction, hasRows) = (false, false)
    var record = DelimitedRecord()
    while try reader.next(into: &record) {
      hasRows = true
      for column in [truth, guess] {
        if column == truth, Label.isMissing(try record.text(column)) { continue }
        guard let number = record.number(column), number.isFinite else { return }
        if number != number.rounded() { hasFraction = true }
      }
    }
    holdsNumbers = hasRows && hasFraction
  }
}
