import Evaluation

/// Why predictions cannot be labelled, or judged.
enum LabelledPredictionsError: Error, Equatable, CustomStringConvertible {
  /// The run has no predictions on that part.
  case notEvaluated(run: String, split: String)
  /// The table has a header and nothing else.
  case noRows(String)
  /// The table has no true classes.
  case noTruth(String)
  /// A part was asked for, and the table does not tell parts apart.
  case noSplit(String, split: String)
  /// How views are joined is to be chosen on validation, and the table has none.
  case noValidation(String)
  /// What a rule was chosen on is to judge it.
  case sameExamples(String, count: Int, example: String)
  /// Studies that the way of joining views is chosen on are to be judged by it.
  case sameStudies(String, split: String, count: Int, example: String)
  /// The table has no such column.
  case noColumn(String, String, columns: [String])
  /// No row is of that part.
  case emptySplit(String, split: String, parts: [String])
  /// There are decisions alone.
  case needsScores(String, what: String)
  /// Probabilities do not sum to 1.
  case unnormalized(UnnormalizedRows)
  /// A run whose examples may have several labels.
  case severalLabels(run: String, table: String)
  /// A run whose target is a number.
  case numbers(run: String, table: String)
  /// A single column of scores, and no saying of which class.
  case unclearScore(UnclearScore)

  /// What is wrong, and what to do.
  var description: String {
    switch self {
    case .notEvaluated(let run, let split):
      "\(run): has no predictions-\(split).csv; make it with: steelyard evaluate \(run) --split \(split)"
    case .noRows(let path):
      "\(path): has no rows, so there is nothing to measure"
    case .noTruth(let path):
      "\(path): has no true classes, so there is nothing to measure; add a column y_true"
    case .noSplit(let path, let split):
      "\(path): has no column 'split', and --split \(split) asks for one; leave --split out"
    case .noValidation(let path):
      "\(path): has no rows of split val to choose on how views are joined; choose on a table of validation with"
        + " steelyard decide VALIDATION --study-column COLUMN --study-join auto --output rule.json, and follow it with --rule"
    case .sameExamples(let path, let count, let example):
      "\(path): \(count) of its examples, '\(example)' among them, are those that the rule is chosen on;"
        + " judge it on others with --test"
    case .sameStudies(let path, let split, let count, let example):
      "\(path): \(count) of its studies, '\(example)' among them, have images in split val, on which the way of joining is chosen, and"
        + " in split \(split), which it is judged on; keep a study in one part, or name a way with --study-join mean, max or noisy-or"
    case .noColumn(let path, let name, let columns):
      "\(path): has no column '\(name)'; beside probabilities it has "
        + (columns.isEmpty ? "none" : columns.map { "'\($0)'" }.joined(separator: ", "))
    case .emptySplit(let path, let split, let parts):
      "\(path): no row has split '\(split)', only \(parts.map { "'\($0)'" }.joined(separator: ", "))"
    case .needsScores(let path, let what):
      "\(path): has decisions and no scores, and \(what) needs scores; add prob_<class> for each class"
    case .unnormalized(let rows):
      rows.described(
        dividing: "divide each row by its sum with --renormalize",
        labels: "by steelyard evaluate --task labels")
    case .severalLabels(let run, let table):
      "\(run): its examples may have several labels, and this is about classes; name the table of its predictions:"
        + " \(table)"
    case .numbers(let run, let table):
      "\(run): its target is a number, and this is about classes; name the table of its predictions: \(table)"
    case .unclearScore(let score):
      score.described(naming: "say which class is the positive one with --positive CLASS")
    }
  }
}
