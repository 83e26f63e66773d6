import Batches
import Requirements
public import Sampling
public import Torch

/// HACO's loss of many outputs, each a question of its own that is seldom answered yes:
///
/// ```text
/// ℓ = w⁺ y (−log σ(z)) + w⁻ (1 − y) (−log(1 − σ(z))) + 2 a (1 − y) σ(z) + 2 b |σ(z) − p|
/// ```
///
/// with weights of blended counts (``LabelWeights/blended(present:absent:blend:beta:)``), whose blend v rises from 0 to its full value
/// along the stage, and p the share of the training examples that have the label. a presses what is said where nothing is, b
/// holds predictions near the mean.
///
/// Source: Jung and Lee, "Learning Dense Hand Contact Estimation from Imbalanced Data", NeurIPS 2025. Departs from the authors' code:
/// the term of a is a mean over all known entries, not over those that say no alone; outputs have no neighbours on a mesh, so there is
/// no smoothness and one level; the whole is doubled.
public struct HACOLoss: Loss, Equatable {
  /// n and m, examples that have each label and that have it not, `[L]`.
  public let present, absent: [Int]
  /// v, β, a and b.
  public let settings: Settings

  /// The numbers of the formula.
  public struct Settings: Sendable, Equatable {
    /// v, how much a label's own counts weigh beside those of all at the end, in `0...1`.
    public var blend = 0.3
    /// β of the effective number, in `0..<1`.
    public var beta = 0.9999
    /// a, the weight of what is said where nothing is, at least 0.
    public var absent = 0.5
    /// b, the weight of the distance from the mean, at least 0.
    public var map = 0.1

    /// The authors' values.
    public init() {}

    fileprivate var areInRange: Bool {
      (0...1).contains(blend) && (0..<1).contains(beta)
        && [absent, map].allSatisfy { $0 >= 0 && $0.isFinite }
    }
  }

  /// Of several labels.
  ///
  /// - Parameters:
  ///   - table: labels of the training set, each known of some example.
  ///   - settings: v, β, a and b.
  /// - Precondition: every label is known of some example, and the settings are in range.
  public init(_ table: LabelTable, _ settings: Settings = Settings()) {
    self.init(present: table.present, absent: table.absent, settings)
  }

  /// Of classes, each against the rest: a row has one label.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - settings: v, β, a and b.
  /// - Precondition: the settings are in range.
  public init(_ classes: ClassCounts, _ settings: Settings = Settings()) {
    self.init(
      present: classes.counts, absent: classes.counts.map { classes.total - $0 }, settings)
  }

  private init(present: [Int], absent: [Int], _ settings: Settings) {
    require(
      zip(present, absent).allSatisfy { $0 + $1 > 0 } && settings.areInRange,
      "HACOLoss: expected labels that are known and settings in range, got \(present), \(absent) and \(settings)"
    )
    (self.present, self.absent, self.settings) = (present, absent, settings)
  }

  /// w⁺ and w⁻ at a moment of a stage.
  ///
  /// - Parameter elapsed: part of the stage that is over, in `0...1`.
  public func weights(after elapsed: Double) -> LabelWeights {
    .blended(
      present: present, absent: absent, blend: settings.blend * min(max(elapsed, 0), 1),
      beta: settings.beta)
  }

  /// Σ_c ℓ(z_c, [c = y]), `[N]`.
  ///
  /// - Precondition: `logits` is `[N, C]` with N labels in `0..<C`.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    let places = Target(labels).dense(classes: logits.shape[1], on: logits.device)
    return perEntry(logits, places.to(logits.dtype), state).sum(dims: [1])
  }

  /// It has.
  public var takesEntries: Bool { true }

  /// ℓ(z, y), `[N, L]`; y may lie between 0 and 1.
  ///
  /// - Precondition: an output for each label.
  public func perEntry(_ outputs: Tensor, _ values: Tensor, _ state: LossState) -> Tensor {
    require(
      outputs.shape[1] == present.count,
      "HACOLoss: expected \(present.count) outputs a row, got \(outputs.shape)")
    func row(_ numbers: [Double]) -> Tensor {
      Tensor(numbers, shape: [1, numbers.count]).to(outputs.dtype).moved(to: outputs.device)
    }
    let weights = weights(after: state.moment.elapsed)
    let shares = zip(present, absent).map { Double($0) / Double($0 + $1) }
    let (said, not) = (outputs.sigmoid(), 1 - values)
    let there = -outputs.logSigmoid() * values * row(weights.present)
    let away = -(-outputs).logSigmoid() * not * row(weights.absent)
    let pressed = not * said * (2 * settings.absent)
    return there + away + pressed + (said - row(shares)).abs() * (2 * settings.map)
  }
}
