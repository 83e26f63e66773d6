import Foundation
public import Randomness
import Requirements

/// PRESTO: cumulative logits whose coefficients may differ from threshold to threshold, at a price for each difference, so that
/// the threshold of a rare grade borrows from those of common ones.
///
/// ```text
/// P(y ≤ k | x) = σ(α_k + xᵀβ_k)      minimise −(1/N) log L + λ (Σ_j |β_j1| + Σ_{k ≥ 2} Σ_j |β_jk − β_j,k−1|)
/// ```
///
/// on columns that are centred and scaled by their own means and deviations. λ → ∞ is proportional odds, λ = 0 thresholds of
/// their own. The first term, that of β_1, is left out unless ``penalisesFirst`` says otherwise; the authors' program has it, and
/// with it λ → ∞ has no coefficients at all. ``isSquared`` pays λ/2 Σ (β_jk − β_j,k−1)² instead, and ``isRelaxed`` fits once more,
/// without a price, with those differences alone that the price left.
///
/// Where λ is not given it is the one with the least Brier score of held-out rows, in folds that keep groups together, of 20
/// values that fall evenly in their logarithm from the least one that leaves no difference to a hundredth of it (with squares
/// from ten times the curvature to 10⁻⁴ of that); of equally good ones the largest.
///
/// Source: Faletto and Bien, "Predicting Rare Events by Shrinking Towards Proportional Odds", ICML 2023. Departs from the
/// authors' program, which descends along coordinates, does not answer where probabilities cross, and keeps them from crossing at every training row: here
/// a row keeps its own grade's probability above 0, and what crosses elsewhere is straightened and counted.
public struct FusedOdds: Sendable, Equatable {
  /// λ, at least 0; `nil` is chosen.
  public var lambda: Double?
  /// Whether β_1 has its price too.
  public var penalisesFirst: Bool
  /// Whether differences are paid by their squares.
  public var isSquared: Bool
  /// Whether a last fit without a price keeps which differences are 0.
  public var isRelaxed: Bool
  /// Folds that λ is chosen on, at least 2.
  public var folds: Int

  /// - Parameters:
  ///   - lambda: λ, at least 0; `nil` is chosen.
  ///   - penalisesFirst: whether β_1 has its price too.
  ///   - isSquared: whether differences are paid by their squares.
  ///   - isRelaxed: whether a last fit without a price keeps which differences are 0.
  ///   - folds: folds that λ is chosen on, at least 2.
  public init(
    lambda: Double? = nil, penalisesFirst: Bool = false, isSquared: Bool = false,
    isRelaxed: Bool = false, folds: Int = 5
  ) {
    (self.lambda, self.penalisesFirst, self.folds) = (lambda, penalisesFirst, folds)
    (self.isSquared, self.isRelaxed) = (isSquared, isRelaxed)
  }

  /// Values of λ that are tried.
  public static let steps = 20

  /// What a fit came to.
  public struct Solution: Sendable, Equatable {
    /// The model, in the units of the rows as they were given.
    public let model: CumulativeModel
    /// λ.
    public let lambda: Double
    /// What was minimised, before a relaxed fit.
    public let objective: Double
    /// Steps of the last fit at λ.
    public let iterations: Int
    /// Whether that fit met its tolerance.
    public let isConverged: Bool
    /// Differences β_jk − β_j,k−1 that are 0, and how many there are in all.
    public let fused: (zero: Int, of: Int)
    /// Training rows that have to be straightened.
    public let straightened: Int
    /// λ and held-out Brier score of each value that was tried, in order; empty where λ was given
    /// or there are too few groups for two folds.
    public let tried: [Trial]

    /// Whether model, λ, what was tried, what was minimised and the fused differences are equal;
    /// how the fit got there is not compared.
    public static func == (left: Solution, right: Solution) -> Bool {
      left.model == right.model && left.lambda == right.lambda && left.tried == right.tried
        && left.objective == right.objective && left.fused == right.fused
    }
  }

  /// Fits rows `[N, D]` without reports of how far it is; else as the function with `progress`.
  ///
  /// - Precondition: λ at least 0; at least 2 folds.
  public func callAsFunction(_ rows: GradedRows, key: RandomKey) -> Solution {
    self(rows, key: key) { _, _ in }
  }

  /// Fits.
  ///
  /// - Parameters:
  ///   - rows: numbers, `[N, D]`, with their grades, and groups where rows belong together.
  ///   - key: of the folds' draws.
  ///   - progress: told at every step how many fits are done, and of how many; may throw to stop.
  /// - Throws: what `progress` throws.
  /// - Precondition: λ at least 0; at least 2 folds.
  public func callAsFunction(
    _ rows: GradedRows, key: RandomKey, progress: (Int, Int) throws -> Void
  ) rethrows -> Solution {
    require(
      lambda.map { $0 >= 0 && $0.isFinite } ?? true && folds >= 2,
      "FusedOdds: expected λ of at least 0 and 2 folds or more, got \(lambda ?? 0) and \(folds)")
    let scaling = Scaling(rows)
    let scaled = scaling.applied(to: rows)
    let part = PresentGrades(scaled)
    // Where no fold can be held out, the strongest fusion, of one direction for all thresholds, claims least.
    var λ = lambda ?? .infinity
    let fits = lambda == nil ? Self.steps * folds + 2 : 1
    var fit = FusedFit(part, self)
    var tried: [Trial] = []
    if lambda == nil {
      let path = try fit.path(Self.steps) { try progress(0, fits) }
      tried = try chosen(scaled, path, key: key) { try progress(1 + $0, fits) }
      λ = tried.min { $0.loss < $1.loss }?.value ?? path[0]
    }
    let end = try fit.solved(λ, descent: AcceleratedDescent()) { try progress(fits - 1, fits) }
    let model = scaling.undone(in: part.expanded(fit.model))
    return Solution(
      model: model, lambda: λ, objective: end?.value ?? 0, iterations: end?.iterations ?? 0,
      isConverged: end?.isConverged ?? true, fused: fit.fused,
      straightened: model(rows.features).straightened, tried: tried)
  }

  /// Held-out Brier score along a path; empty where there are too few groups for two folds.
  private func chosen(
    _ rows: GradedRows, _ path: [Double], key: RandomKey, progress: (Int) throws -> Void
  ) rethrows -> [Trial] {
    let parts = GradeFold.dealt(rows, count: folds, key: key)
    guard !parts.isEmpty else { return [] }
    var descent = AcceleratedDescent()
    (descent.iterations, descent.tolerance) = (500, 1e-9)
    var sums = [Double](repeating: 0, count: path.count)
    for (fold, part) in parts.enumerated() {
      var fit = FusedFit(part.fitted, self)
      for (place, λ) in path.enumerated() {
        let done = fold * path.count + place
        _ = try fit.solved(λ, descent: descent) { try progress(done) }
        sums[place] += part.fitted.expanded(fit.model).brierSum(part.held)
      }
    }
    return zip(path, sums).map { Trial(value: $0, loss: $1 / Double(rows.count)) }
  }
}
