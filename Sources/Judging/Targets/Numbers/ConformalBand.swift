import Requirements

/// Prediction intervals of a number, ŷ ± q, that hold the truth of new examples with a stated probability.
///
/// q is the ⌈(n + 1) · level⌉-th smallest of the absolute errors on n examples that the model has not learned from, so that of
/// examples drawn alike an interval holds the truth with a probability of at least the level, whatever the model is.
/// Chosen among epochs on the same examples, errors are a little too small; the choice is one of few.
///
/// Source: Lei, G'Sell, Rinaldo, Tibshirani, Wasserman, "Distribution-Free Predictive Inference for Regression", Journal of the
/// American Statistical Association 2018 (split conformal).
public struct ConformalBand: Sendable, Equatable, Codable {
  /// q, at least 0.
  public let halfWidth: Double
  /// How likely an interval is to hold the truth, in `0..<1`.
  public let level: Double
  /// n, the examples that q was made from.
  public let n: Int

  /// The level where nobody says.
  public static let standardLevel = 0.9

  /// - Parameters:
  ///   - predictions: of examples that the model has not learned from; rows without truth are left out.
  ///   - level: how likely an interval is to hold the truth, above 0 and below 1.
  /// - Returns: `nil` where there are too few examples for so high a level.
  /// - Precondition: `level` is in range.
  public init?(on predictions: NumberPredictions, level: Double = standardLevel) {
    require(
      level > 0 && level < 1, "ConformalBand: expected a level between 0 and 1, got \(level)")
    let errors = zip(predictions.truths, predictions.predicted).compactMap { truth, said in
      truth.map { abs($0 - said) }
    }.sorted()
    // .9 · (n + 1) is whole but for the last digit.
    let rank = Int((level * Double(errors.count + 1) - 1e-9).rounded(.up))
    guard rank >= 1, rank <= errors.count else { return nil }
    (halfWidth, self.level, n) = (errors[rank - 1], level, errors.count)
  }

  /// The predictions with an interval each.
  public func applied(to predictions: NumberPredictions) -> NumberPredictions {
    NumberPredictions(
      paths: predictions.paths, truths: predictions.truths, predicted: predictions.predicted,
      intervals: predictions.predicted.map { $0 - halfWidth...$0 + halfWidth },
      carried: predictions.carried)
  }

  /// Decodes, and refuses what is no interval.
  ///
  /// - Throws: `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    halfWidth = try container.decode(Double.self, forKey: .halfWidth)
    level = try container.decode(Double.self, forKey: .level)
    n = try container.decode(Int.self, forKey: .n)
    guard halfWidth >= 0, halfWidth.isFinite, level > 0, level < 1, n >= 1 else {
      throw DecodingError.dataCorruptedError(
        forKey: .halfWidth, in: container,
        debugDescription: "expected a half width of at least 0 and a level between 0 and 1")
    }
  }

  enum CodingKeys: String, CodingKey {
    case level, n
    case halfWidth = "half_width"
  }
}
