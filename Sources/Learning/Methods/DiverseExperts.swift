import Losses
import Plans
import Sampling

/// Hyper-parameters that methods have in common whose experts have margins and late weights for rare classes and are
/// rewarded for differing.
protocol DiverseExperts: Method {
  /// Experts, 1 to 64.
  var experts: Int { get }
  /// λ of the diversity, at least 0.
  var diversity: Double { get }
  /// f, how far temperatures of classes follow their frequency, in `0..<1`.
  var factor: Double { get }
  /// Margin of the rarest class, of a cosine; at least 0; 0 is cross-entropy.
  var margin: Double { get }
  /// s, the scale of the cosine heads; above 0.
  var scale: Double { get }
  /// β of the effective number, in `0..<1`.
  var beta: Double { get }
  /// Part of the run after which weights and temperatures come in, in `0...1`.
  var start: Double { get }
}

extension DiverseExperts {
  /// What a guide says of these settings, beside others.
  static func expertSettings(with others: [String: String] = [:]) -> [String: String] {
    others.merging([
      "experts": "number of experts, 1 to 64; a whole number",
      "diversity": "how much experts gain by differing, from 0; 0 is without",
      "factor": "how far temperatures of classes follow their frequency, from 0 to below 1",
      "margin": "margin of the rarest class, of a cosine, from 0; 0 is cross-entropy",
      "scale": "scale of the cosine heads, above 0",
      "beta": "of the effective number behind the weights of classes, from 0 to below 1",
      "start": "part of the run after which weights and temperatures come in, 0 to 1",
    ]) { own, _ in own }
  }

  /// What is out of range.
  var expertProblems: [HyperparameterProblem?] {
    [
      .unlessWithin(1...64, "experts", Double(experts)), .unlessNonNegative("diversity", diversity),
      .unlessUnit("factor", factor, closed: false), .unlessNonNegative("margin", margin),
      .unlessPositive("scale", scale), .unlessUnit("beta", beta, closed: false),
      .unlessUnit("start", start, closed: true),
    ]
  }

  /// The loss of each expert's logits: margins by how rare a class is, and weights that come in late.
  func marginLoss(_ classes: ClassCounts) -> AdjustedCrossEntropy {
    .ldam(
      classes, margin: margin, scale: scale,
      weights: .effectiveNumber(classes, beta: beta, start: start))
  }

  /// The experts, all with one loss.
  ///
  /// - Parameters:
  ///   - loss: how wrong an expert is about each row.
  ///   - classes: counts of the training set.
  ///   - engagement: what must be left uncertain for an expert to be engaged; `nil` engages all.
  func differing(
    by loss: any Loss, _ classes: ClassCounts, engagement: Double? = nil
  ) -> Experts {
    let reward = ExpertDiversity(
      weight: diversity,
      temperatures: ExpertDiversity.temperatures(for: classes, factor: factor), start: start)
    return Experts(
      (1...experts).map { ("expert-\($0)", loss) }, diversity: diversity > 0 ? reward : nil,
      engagement: engagement)
  }
}
