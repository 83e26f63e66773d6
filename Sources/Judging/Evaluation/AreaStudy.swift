public import Randomness
import Requirements

/// Which group of people gains when a model is tuned by AUROC, and which when by average precision.
///
/// Two groups of equal size and equal AUROC differ in prevalence, and so, like the scores of any
/// calibrated model, in the mean of their scores. Mistakes are corrected one at a time: by AUROC any
/// of them is as good as another, so one is drawn; by average precision the one that gains most is
/// taken. What each group's own AUROC has gained afterwards is the answer: tuning by average precision
/// serves the group of higher prevalence and leaves the other as it was.
///
/// ```swift
/// let study = AreaStudy()
/// study.gains(correcting: .averagePrecision, key: RandomKey(seed: 1))[1].mean  // nearly 0
/// ```
///
/// Source: McDermott et al., "A closer look at AUROC and AUPRC under class imbalance", NeurIPS 2024,
/// section 3.2. Departs from it: 40 repetitions, not 20.
public struct AreaStudy: Sendable, Equatable, Codable {
  /// Examples of each group.
  public var count = 200
  /// Prevalence of each group, `[G]`.
  public var prevalences = [0.05, 0.01]
  /// AUROC within each group before anything is corrected.
  public var rocAUC = 0.85
  /// Mistakes corrected.
  public var repairs = 50
  /// Repetitions.
  public var repetitions = 40

  /// The metric by which the next mistake is chosen.
  public enum Target: String, Sendable, Codable, CaseIterable {
    /// Area under the ROC curve: all mistakes gain the same.
    case rocAUC = "roc_auc"
    /// Average precision: the mistake that gains most.
    case averagePrecision = "average_precision"
  }

  /// What a group's own AUROC gained, over the repetitions.
  public struct Gain: Sendable, Equatable, Codable {
    /// Prevalence of the group.
    public let prevalence: Double
    /// Mean gain in AUROC.
    public let mean: Double
    /// Standard error of the mean.
    public let standardError: Double
  }

  /// The study with the numbers of the paper.
  public init() {}

  /// What each group gains, `[G]`.
  ///
  /// - Parameters:
  ///   - target: The metric by which mistakes are chosen.
  ///   - key: Key of the randomness; the same key gives the same numbers.
  /// - Precondition: there is a group, at least two repetitions, and each group has a positive.
  public func gains(correcting target: Target, key: RandomKey) -> [Gain] {
    gains(correcting: target, after: [repairs], key: key)[0]
  }

  /// What each group has gained on the way, `[S][G]`: after each number of corrected mistakes the same as
  /// ``gains(correcting:key:)`` with that many ``repairs``.
  ///
  /// With one group both targets give `k / (n₁ n₀)` after k corrections, without any spread; with several, what a group
  /// gains is how often its own mistakes were chosen.
  ///
  /// - Parameters:
  ///   - target: The metric by which mistakes are chosen.
  ///   - steps: Numbers of corrected mistakes, `[S]`, rising; where no mistake is left, nothing more is gained.
  ///   - key: Key of the randomness; the same key gives the same numbers.
  /// - Precondition: there is a group, at least two repetitions, each group has a positive, and `steps` rise from 0
  ///   or more.
  public func gains(correcting target: Target, after steps: [Int], key: RandomKey) -> [[Gain]] {
    require(
      !prevalences.isEmpty && repetitions > 1 && steps.allSatisfy { $0 >= 0 }
        && zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 },
      "AreaStudy: expected a group, 2 repetitions and rising numbers of repairs, none negative, got \(self) and \(steps)"
    )
    let runs = (0..<repetitions).map { repetition in
      var random = key.folding(repetition).source
      return run(target, after: steps, using: &random)
    }
    return steps.indices.map { step in
      prevalences.indices.map { group in gain(of: group, runs.map { $0[step][group] }) }
    }
  }

  /// Mean and standard error over repetitions, `[repetitions]`.
  private func gain(of group: Int, _ values: [Double]) -> Gain {
    let mean = values.reduce(0, +) / Double(repetitions)
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return Gain(
      prevalence: prevalences[group], mean: mean,
      standardError: (square / Double(repetitions - 1) / Double(repetitions)).squareRoot())
  }

  private struct Member {
    let group: Int
    let isPositive: Bool
    let score: Double
  }

  /// Gains of one repetition, `[S][G]`.
  private func run(
    _ target: Target, after steps: [Int], using random: inout RandomSource
  ) -> [[Double]] {
    var members = prevalences.indices.flatMap { draw(group: $0, using: &random) }
    members.sort { $0.score > $1.score }
    var (order, groups) = (AtomicMistakes(members.map(\.isPositive)), members.map(\.group))
    let before = prevalences.indices.map { area($0, order, groups) }
    var corrected = 0
    return steps.map { step in
      while corrected < step {
        let places = order.places
        guard !places.isEmpty else { break }
        let place = places[choice(target, order, using: &random)]
        order.correct(place)
        groups.swapAt(place, place + 1)
        corrected += 1
      }
      return prevalences.indices.map { area($0, order, groups) - before[$0] }
    }
  }

  /// The mean score of a group is its prevalence, as a calibrated model has it.
  private func draw(group: Int, using random: inout RandomSource) -> [Member] {
    let sampler = ScoreSampler(count: count, prevalence: prevalences[group], rocAUC: rocAUC)
    let (positives, negatives) = sampler.sample(using: &random)
    let mean = (positives.reduce(0, +) + negatives.reduce(0, +)) / Double(count)
    let scale = prevalences[group] / mean
    return positives.map { Member(group: group, isPositive: true, score: $0 * scale) }
      + negatives.map { Member(group: group, isPositive: false, score: $0 * scale) }
  }

  private func choice(
    _ target: Target, _ order: AtomicMistakes, using random: inout RandomSource
  ) -> Int {
    switch target {
    case .rocAUC: return random.below(order.places.count)
    case .averagePrecision:
      let gains = order.averagePrecisionGains
      return gains.indices.reduce(0) { gains[$1] > gains[$0] ? $1 : $0 }
    }
  }

  private func area(_ group: Int, _ order: AtomicMistakes, _ groups: [Int]) -> Double {
    let own = groups.indices.filter { groups[$0] == group }
    return AtomicMistakes(own.map { order.isPositive[$0] }).rocAUC ?? 0.5
  }
}
