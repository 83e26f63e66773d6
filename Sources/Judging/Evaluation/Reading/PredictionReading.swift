/// How a table of predictions of another tool is to be read.
public struct PredictionOptions: Sendable, Equatable {
  /// Whether each row of probabilities is divided by its sum.
  public var renormalizes: Bool
  /// The positive one of two classes: what a single column of scores is the score of, where its name does not
  /// say it.
  public var positive: String?
  /// Whether the order of the classes is one of grades.
  public var areOrdered: Bool

  /// Options.
  ///
  /// - Parameters:
  ///   - renormalizes: Whether each row of probabilities is divided by its sum.
  ///   - positive: The positive one of two classes.
  ///   - areOrdered: Whether the order of the classes is one of grades.
  public init(renormalizes: Bool = false, positive: String? = nil, areOrdered: Bool = false) {
    (self.renormalizes, self.positive, self.areOrdered) = (renormalizes, positive, areOrdered)
  }
}

/// Predictions as they were read, and what was guessed, left out or changed on the way.
public struct PredictionReading: Sendable, Equatable {
  /// What the table holds.
  public var predictions: Predictions
  /// What is not plain from the table itself, in the order in which it was found.
  public var statements: [ReadingStatement]
}

/// What a reader of predictions guessed, left out or changed.
public enum ReadingStatement: Sendable, Equatable, CustomStringConvertible {
  /// Columns of scores that are not named `prob_<class>` or `logit_<class>`.
  case scores(columns: [String], classes: [String], areLogits: Bool)
  /// One column of scores for two classes.
  case loneScore(column: String, positive: String, negative: String)
  /// Decisions alone: no scores.
  case decisionsAlone(column: String, leftAlone: [String])
  /// Labels that are numbers beside classes that have names.
  case numbers(column: String, classes: [(String, String)], byOrder: Bool)
  /// The truth as one column of 0 and 1 for each class.
  case oneHot(column: String, columns: [String])
  /// Rows divided by their sums, which lay between these.
  case renormalized(rows: Int, low: Double, high: Double)
  /// Scores beyond 0…1 by rounding of single precision, taken as 0 or 1.
  case clipped(Int)
  /// Two equal scores in rows without a decision.
  case ties(Int, decided: String)
  /// Decisions that are mostly not the most probable class.
  case disagreement(Int, of: Int, column: String)
  /// Rows that have no truth.
  case withoutTruth(Int, of: Int, examples: [String])

  /// The statement in English.
  public var description: String {
    switch self {
    case .scores(let columns, let classes, let areLogits):
      return "\(shortened(columns)) \(columns.count == 1 ? "is" : "are") read as the"
        + " \(areLogits ? "logits" : "probabilities") of \(shortened(classes))"
    case .loneScore(let column, let positive, let negative):
      return "\(column) is read as the probability of \(positive), and 1 − \(column) as that of"
        + " \(negative)"
    case .decisionsAlone(let column, let leftAlone):
      let also =
        leftAlone.isEmpty
        ? ""
        : "; \(shortened(leftAlone)) \(leftAlone.count == 1 ? "is" : "are") left alone, for it is not"
          + " said which class it is the score of"
      return
        "no column holds scores, only decisions (\(column)): AUROC, average precision, log loss,"
        + " Brier score, calibration and top-k are undefined\(also)"
    case .numbers(let column, let classes, let byOrder):
      let pairs = classes.map { "\($0.0) as \($0.1)" }
      return "\(column) holds class numbers: \(shortened(pairs)) "
        + (byOrder ? "(the order of the columns)" : "(as the column of scores is named)")
    case .oneHot(let column, let columns):
      return "\(column) is read from \(shortened(columns)): 1 where the image is of the class"
    case .renormalized(let rows, let low, let high):
      return
        "\(rows) \(rows == 1 ? "row" : "rows") divided by \(rows == 1 ? "its sum" : "their sums"),"
        + " from \(short(low)) to \(short(high))"
        + (max(high - 1, 1 - low) > 0.1
          ? "; so far from 1 they may be independent (sigmoid) scores, whose order among images a division"
            + " changes" : "")
    case .clipped(let count):
      return "\(count) \(count == 1 ? "score" : "scores") beyond 0…1 by less than a millionth"
        + " taken as 0 or 1"
    case .ties(let count, let decided):
      return
        "\(count) \(count == 1 ? "row has" : "rows have") equal scores for both classes, decided as"
        + " \(decided), the positive class"
    case .disagreement(let count, let total, let column):
      return
        "\(column) is not the most probable class in \(count) of \(total) rows; are the columns of"
        + " the scores in the right order?"
    case .withoutTruth(let count, let total, let examples):
      let names = examples.map { "'\($0)'" }.joined(separator: ", ")
      return "\(count) of \(total) rows have no truth and are left out: \(names)"
        + (count > examples.count ? ", …" : "")
    }
  }

  /// Whether both say the same.
  public static func == (left: ReadingStatement, right: ReadingStatement) -> Bool {
    left.description == right.description
  }
}

extension Predictions {
  /// That rows without truth are left out, with the first of them; `nil` where every row has one.
  public var withoutTruth: ReadingStatement? {
    let rows = truths.indices.filter { truths[$0] == nil }
    guard !rows.isEmpty else { return nil }
    return .withoutTruth(
      rows.count, of: count, examples: rows.prefix(3).map { paths[$0] })
  }
}

/// The first six of a list, and how many there are.
package func shortened(_ names: [String]) -> String {
  names.count <= 6
    ? names.joined(separator: ", ")
    : names.prefix(5).joined(separator: ", ") + ", … (\(names.count))"
}

/// Four decimals at most.
package func short(_ value: Double) -> String {
  let rounded = (value * 10_000).rounded() / 10_000
  return rounded.magnitude < 1e6 ? "\(rounded)" : "\(value)"
}
