import Files

/// One column of scores for two classes: which class it is the score of, and what the other is called.
struct LoneScore {
  /// Usual names of such a column, in lower case.
  static let names = [
    "score", "scores", "prob", "probability", "proba", "probs", "p", "y_score", "y_scores",
    "y_prob",
    "y_proba", "pred_prob", "pred_proba", "pred_score", "prediction_score",
    "prediction_probability",
    "predicted_probability", "predicted_prob", "positive_probability", "prob_positive", "sigmoid",
    "logit", "logits",
  ]

  /// Pairs of labels of which the second is the positive one wherever they are met, in lower case.
  private static let pairs: [(negative: String, positive: String)] = [
    ("0", "1"), ("-1", "1"), ("neg", "pos"), ("negative", "positive"), ("no", "yes"), ("n", "y"),
    ("false", "true"), ("f", "t"), ("absent", "present"), ("normal", "abnormal"),
    ("control", "case"), ("-", "+"),
  ]
  /// What a class is called in a name such as `prob_pos` that means the positive one.
  private static let positives = ["pos", "positive", "1", "true", "yes"]

  /// The column.
  let column: Int
  let isLogit: Bool
  /// The other class, and the one that it is the score of.
  let classes: [String]
  /// Labels that stand for these besides their names.
  let aliases: [String: Int]
  let statements: [ReadingStatement]
  /// Whether the name of the column says the class.
  let isNamed: Bool

  /// - Parameters:
  ///   - column: The column.
  ///   - header: Its name.
  ///   - suffix: The class in its name, such as `pos` of `prob_pos`; `nil` where there is none.
  ///   - isLogit: Whether it holds logits.
  ///   - labels: Different labels of truth and decision.
  ///   - truth: Name of the column of labels, for messages.
  ///   - positive: The class that it is the score of, where somebody says so.
  ///   - file: What errors call the file.
  /// - Throws: `PredictionsError.unclearScore` where the labels do not say what it is the score of,
  ///   `PredictionsError.file` where there are more than two.
  init(
    _ column: Int, _ header: String, suffix: String?, isLogit: Bool, labels: [String],
    truth: String,
    positive: String?, file: String
  ) throws(PredictionsError) {
    (self.column, self.isLogit) = (column, isLogit)
    let labels = Self.canonical(labels)
    guard labels.count <= 2 else {
      throw .file(
        .malformedLine(
          path: file, line: 1,
          reason:
            "'\(header)' is one column of scores, which can judge two classes, and \(truth) has"
            + " \(labels.count): \(shortened(labels)); write one column prob_<class> for each class"
        ))
    }
    let named = suffix.flatMap { suffix in labels.first { $0 == suffix } }
    let pair = Self.pair(labels)
    isNamed = suffix != nil
    var (aliases, statements): ([String: Int], [ReadingStatement]) = ([:], [])
    if let name = named ?? positive.flatMap({ name in labels.first { $0 == name } }) {
      let other = labels.first { $0 != name } ?? pair.map { $0.negative } ?? "not \(name)"
      classes = [other, name]
    } else if let pair {
      let isWord = suffix.map { !Self.positives.contains($0.lowercased()) } ?? false
      if let suffix, isWord, Label.number(pair.positive) != nil {
        // `prob_cancer` beside labels 0 and 1.
        classes = ["not \(suffix)", suffix]
        aliases = [pair.negative: 0, pair.positive: 1]
        statements.append(
          .numbers(
            column: truth, classes: [(pair.negative, classes[0]), (pair.positive, suffix)],
            byOrder: false))
      } else if suffix != nil, isWord {
        throw .unclearScore(UnclearScore(file: file, column: header, truth: truth, labels: labels))
      } else {
        classes = [pair.negative, pair.positive]
      }
    } else if labels.isEmpty, let suffix {
      classes = ["not \(suffix)", suffix]
    } else {
      throw .unclearScore(UnclearScore(file: file, column: header, truth: truth, labels: labels))
    }
    for label in labels where Label.number(label) != nil {
      if let index = aliases[label] ?? classes.firstIndex(of: label) {
        aliases["\(label).0"] = index
      }
    }
    self.aliases = aliases
    let said = isLogit ? "the logistic function of \(header)" : header
    self.statements =
      statements + [.loneScore(column: said, positive: classes[1], negative: classes[0])]
  }

  /// Labels once each; `1.0` is `1`.
  private static func canonical(_ labels: [String]) -> [String] {
    var found: [String] = []
    for label in labels.map(Label.canonical) where !found.contains(label) { found.append(label) }
    return found
  }

  /// The labels in the order of a usual pair, completed by it where only one occurs.
  private static func pair(_ labels: [String]) -> (negative: String, positive: String)? {
    guard !labels.isEmpty else { return nil }
    let lower = labels.map { $0.lowercased() }
    guard
      let pair = pairs.first(where: { pair in
        lower.allSatisfy { $0 == pair.negative || $0 == pair.positive }
      })
    else { return nil }
    func label(_ word: String) -> String { lower.firstIndex(of: word).map { labels[$0] } ?? word }
    return (label(pair.negative), label(pair.positive))
  }
}

/// One column of scores of which it is not said which class it is the score of.
public struct UnclearScore: Sendable, Equatable, CustomStringConvertible {
  /// The file, as it was named.
  public let file: String
  /// The column.
  public let column: String
  /// The column of labels.
  public let truth: String
  /// Its different labels.
  public let labels: [String]

  /// What is wrong, and what to do.
  public var description: String { described(naming: "say which class is the positive one") }

  /// What is wrong, and what to do.
  ///
  /// - Parameter naming: How the positive class is named, in the imperative.
  public func described(naming: String) -> String {
    let reason =
      labels.isEmpty ? "there are no labels" : "\(truth) has \(shortened(labels))"
    let such = labels.first.map { ", such as prob_\($0)," } ?? ""
    return
      "\(file):1: '\(column)' is one column of scores, and it is not said which class it is the"
      + " score of (\(reason)); rename it prob_<class>\(such) or \(naming)"
  }
}
