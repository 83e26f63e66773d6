/// Why predictions of several models cannot be put together. Facts only; ``description`` makes the English.
public enum EnsembleError: Error, Equatable, Sendable {
  /// There are fewer than two tables.
  case tooFew(Int)
  /// A table has no row of an example that another has.
  case missingRow(String, path: String, other: String)
  /// Two tables disagree about the truth of an example.
  case truthsDiffer(String, path: String, other: String)
  /// A table says no fold, or one alone.
  case noFolds(path: String, found: Int)
  /// A table says no fold of an example.
  case noFold(String, path: String)
  /// Two tables disagree about the fold of an example.
  case foldsDiffer(String, path: String, other: String)
  /// Outside a fold too few truths are known to fit weights to.
  case tooFewTruths(fold: String, known: Int, needed: Int)
  /// There are as many tables as weights only by mistake.
  case otherCount(tables: Int, weights: Int)
  /// Weights in a file are negative or no numbers.
  case badWeights(path: String)
  /// The weights are of the same models in another order.
  case otherOrder(expected: [String])
  /// What an ensemble says of an example is no finite number.
  case noNumber(String)
}

extension EnsembleError: CustomStringConvertible {
  /// Which table, what is wrong, what to do.
  public var description: String {
    switch self {
    case .tooFew(let count):
      "an ensemble takes at least two tables of predictions, got \(count)"
    case .missingRow(let name, let path, let other):
      "\(path): has no prediction of '\(name)', which \(other) has; give tables of the same examples"
    case .truthsDiffer(let name, let path, let other):
      "\(path): says another truth of '\(name)' than \(other); give tables of the same data"
    case .noFolds(let path, let found):
      "\(path): its column fold names \(found) folds, expected at least two; weights are fitted to what models said of"
        + " examples that they had not seen: give the predictions of a cross-fit"
    case .noFold(let name, let path):
      "\(path): its column fold is blank for '\(name)'; give the predictions of a cross-fit, or leave the row out of every table"
    case .foldsDiffer(let name, let path, let other):
      "\(path): has '\(name)' in another fold than \(other); give cross-fits of one seed"
    case .tooFewTruths(let fold, let known, let needed):
      "outside fold \(fold) the truth of \(known) examples is known, expected at least \(needed) to fit weights to"
    case .otherCount(let tables, let weights):
      "the ensemble has weights of \(weights) models, and there are \(tables) tables; give one a model, in their order"
    case .badWeights(let path):
      "\(path): expected a finite intercept and a finite weight of at least 0 for each of at least two models"
    case .otherOrder(let expected):
      "the ensemble has weights of the same models in another order; give the tables as \(expected.joined(separator: " "))"
    case .noNumber(let name):
      "what the ensemble says of '\(name)' is no finite number; expected predictions and weights whose sums of squares are"
        + " finite; correct what is too large"
    }
  }
}
