import Batches
import Foundation
import Requirements
public import Sampling
public import Torch

/// Distribution-balanced loss of several labels, for examples that are drawn label by label:
///
/// ```text
/// r_ik = (1/n_k) / Σ_{j ∈ i} 1/n_j         how often label k should bring row i, over how often all its labels do
/// r̂   = α + σ(β (r − μ))                   the weight of the entry
/// v_k  = κ ln(1/p_k − 1),  u = z − v       where the boundary of a label begins, p_k = n_k / (n_k + m_k)
/// ℓ    = −y (1 − σ(u))^γ log σ(u) − (1 − y) 1/λ · σ(λu)^γ log(1 − σ(λu))
/// ```
///
/// Drawing label by label brings a row once for each label that it has, so labels that come together are met too often;
/// r takes that back entry by entry, and its logistic map keeps weights between α and α + 1. Most entries say no: with λ
/// above 1 they stop pulling sooner once they are answered right. A row without labels is drawn for none: its r is
/// infinite, and its weight α + 1.
///
/// The default values are those of the authors' configuration for COCO-MLT (`LT_resnet50_pfc_DB.py`); for VOC-MLT theirs have
/// μ = .3 and λ = 5.
///
/// Source: Wu, Huang, Liu, Wang, Lin, "Distribution-Balanced Loss for Multi-Label Classification in Long-Tailed
/// Datasets", ECCV 2020. Departs from the authors' code: it divides v by λ, which the paper does not, and doubles the loss, which
/// is a learning rate.
public struct DistributionBalanced: Loss, Equatable {
  /// 1 / n, `[L]`.
  public let inverse: [Double]
  /// v, `[L]`.
  public let shifts: [Double]
  /// The six numbers of the formula.
  public let settings: Settings

  /// α, β, μ, λ, κ and γ.
  public struct Settings: Sendable, Equatable {
    /// α, the least weight of an entry, at least 0.
    public var alpha = 0.1
    /// β, the slope of the map of weights, above 0.
    public var beta = 10.0
    /// μ, the r that is in the middle of the map, at least 0.
    public var mu = 0.2
    /// λ, the scale of what is not there, at least 1.
    public var lambda = 2.0
    /// κ, how far boundaries begin at the shares of the labels, at least 0.
    public var kappa = 0.05
    /// γ of the focus, at least 0; 0 has none.
    public var gamma = 2.0

    /// The authors' values for COCO-MLT.
    public init() {}

    fileprivate var areInRange: Bool {
      [alpha, mu, kappa, gamma].allSatisfy { $0 >= 0 && $0.isFinite } && beta > 0
        && beta.isFinite && lambda >= 1 && lambda.isFinite
    }
  }

  /// Of several labels.
  ///
  /// - Parameters:
  ///   - table: labels of the training set, each there at least once.
  ///   - settings: α to γ.
  /// - Precondition: every label is there, and the settings are in range.
  public init(_ table: LabelTable, _ settings: Settings = Settings()) {
    self.init(
      present: table.present, known: zip(table.present, table.absent).map { $0 + $1 }, settings)
  }

  /// Of classes, each against the rest: a row has one label.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - settings: α to γ.
  /// - Precondition: the settings are in range.
  public init(_ classes: ClassCounts, _ settings: Settings = Settings()) {
    self.init(
      present: classes.counts, known: classes.counts.map { _ in classes.total }, settings)
  }

  private init(present: [Int], known: [Int], _ settings: Settings) {
    require(
      !present.contains(0) && settings.areInRange,
      "DistributionBalanced: expected labels that are there and settings in range, got \(present) and \(settings)"
    )
    self.settings = settings
    inverse = present.map { 1 / Double($0) }
    shifts = zip(present, known).map { n, all in
      // A label that every example has would begin at infinity.
      let p = min(max(Double(n) / Double(all), 1e-6), 1 - 1e-6)
      return settings.kappa * log(1 / p - 1)
    }
  }

  /// Σ_c ℓ(z_c, [c = y]) times the weights of a row that has the one label, `[N]`.
  ///
  /// - Precondition: `logits` is `[N, C]` with N labels in `0..<C`.
  public func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    let places = Target(labels).dense(classes: logits.shape[1], on: logits.device)
    return perEntry(logits, places.to(logits.dtype), state).sum(dims: [1])
  }

  /// It has.
  public var takesEntries: Bool { true }

  /// r̂ ℓ(z, y), `[N, L]`; y may lie between 0 and 1, and a row then has as much of a label in r.
  ///
  /// - Precondition: an output for each label.
  public func perEntry(_ outputs: Tensor, _ values: Tensor, _ state: LossState) -> Tensor {
    require(
      outputs.shape[1] == inverse.count,
      "DistributionBalanced: expected \(inverse.count) outputs a row, got \(outputs.shape)")
    let u = outputs - row(shifts, like: outputs)
    func focused(_ right: Tensor, _ wrong: Tensor) -> Tensor {
      -(settings.gamma > 0 ? (wrong * settings.gamma).exp() * right : right)
    }
    let there = focused(u.logSigmoid(), (-u).logSigmoid())
    let scaled = u * settings.lambda
    let not = focused((-scaled).logSigmoid(), scaled.logSigmoid()) / settings.lambda
    return weights(values) * (values * there + (1 - values) * not)
  }

  /// r̂ of each entry, `[N, L]`.
  ///
  /// - Parameter values: what the rows have, `[N, L]`, each in `0...1`; 0 where it is not known.
  public func weights(_ values: Tensor) -> Tensor {
    let own = row(inverse, like: values)
    let r = own / (values * own).sum(dims: [1], keepDims: true)
    return ((r - settings.mu) * settings.beta).sigmoid() + settings.alpha
  }

  private func row(_ numbers: [Double], like tensor: Tensor) -> Tensor {
    Tensor(numbers, shape: [1, numbers.count]).to(tensor.dtype).moved(to: tensor.device)
  }
}
