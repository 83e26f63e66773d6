import Foundation
public import Randomness
import Requirements

extension Double {
  /// ln.
  var logarithm: Double { log(self) }
}

/// Cumulative logits with proportional odds, to convergence: P(y ≤ k | x) = σ(α_k + xᵀβ), the minimum of
/// −(1/N) log L + ‖β‖² / (2 C N) on columns that are centred and scaled by their own means and deviations.
///
/// α ascend, as grades of no probability are at no minimum. Where C is not given it is the one with the least cross-entropy of
/// held-out rows, in folds that keep groups together, on the path 10⁻⁴, 10⁻³·⁵, …, 10 from the strongest penalty on; the path
/// ends when two values in a row are worse than the best.
///
/// Source: McCullagh, "Regression Models for Ordinal Data", Journal of the Royal Statistical Society B 1980, whose sign of β
/// is the other.
public struct ProportionalOdds: Sendable, Equatable {
  /// C, above 0, +∞ for no penalty; `nil` is chosen.
  public var c: Double?
  /// Folds that C is chosen on, at least 2.
  public var folds: Int

  /// - Parameters:
  ///   - c: C, above 0, +∞ for no penalty; `nil` is chosen.
  ///   - folds: folds that C is chosen on, at least 2.
  public init(c: Double? = nil, folds: Int = 5) { (self.c, self.folds) = (c, folds) }

  /// The values of C that are tried, in order.
  public static let path = (-8...2).map { pow(10, Double($0) / 2) }

  /// What a fit came to.
  public struct Solution: Sendable, Equatable {
    /// The model, in the units of the rows as they were given.
    public let model: CumulativeModel
    /// C.
    public let c: Double
    /// What was minimised.
    public let objective: Double
    /// Steps of the last fit.
    public let iterations: Int
    /// Whether the last fit met its tolerance.
    public let isConverged: Bool
    /// C and held-out cross-entropy of each value that was tried, in order; empty where C was given
    /// or there are too few groups for two folds.
    public let tried: [Trial]
  }

  /// Fits rows `[N, D]` without reports of how far it is; else as the function with `progress`.
  ///
  /// - Precondition: C above 0; at least 2 folds.
  public func callAsFunction(_ rows: GradedRows, key: RandomKey) -> Solution {
    self(rows, key: key) { _, _ in }
  }

  /// Fits.
  ///
  /// - Parameters:
  ///   - rows: numbers, `[N, D]`, with their grades, and groups where rows belong together.
  ///   - key: of the folds' draws.
  ///   - progress: told at every step how many fits are done, and of how many at most; may throw to
  ///     stop.
  /// - Throws: what `progress` throws.
  /// - Precondition: C above 0; at least 2 folds.
  public func callAsFunction(
    _ rows: GradedRows, key: RandomKey, progress: (Int, Int) throws -> Void
  ) rethrows -> Solution {
    require(
      c.map { $0 > 0 } ?? true && folds >= 2,
      "ProportionalOdds: expected C above 0 and 2 folds or more, got \(c ?? 0) and \(folds)")
    let scaling = Scaling(rows)
    let scaled = scaling.applied(to: rows)
    let fits = c == nil ? Self.path.count * folds + 1 : 1
    let tried = c == nil ? try chosen(scaled, key: key) { try progress($0, fits) } : []
    let c = self.c ?? tried.min { $0.loss < $1.loss }?.value ?? 1
    let part = PresentGrades(scaled)
    var fit = ProportionalFit(part)
    let end = try fit.solved(c: c, descent: AcceleratedDescent()) { try progress(fits - 1, fits) }
    return Solution(
      model: scaling.undone(in: part.expanded(fit.model)), c: c, objective: end?.value ?? 0,
      iterations: end?.iterations ?? 0, isConverged: end?.isConverged ?? true, tried: tried)
  }

  /// Held-out cross-entropy along the path; empty where there are too few groups for two folds.
  private func chosen(
    _ rows: GradedRows, key: RandomKey, progress: (Int) throws -> Void
  ) rethrows -> [Trial] {
    let parts = GradeFold.dealt(rows, count: folds, key: key)
    guard !parts.isEmpty else { return [] }
    var fits = parts.map { ProportionalFit($0.fitted) }
    var descent = AcceleratedDescent()
    (descent.iterations, descent.tolerance) = (500, 1e-9)
    var (tried, worse) = ([Trial](), 0)
    for c in Self.path where worse < 2 {
      var sum = 0.0
      for (fold, part) in parts.enumerated() {
        let done = tried.count * parts.count + fold
        _ = try fits[fold].solved(c: c, descent: descent) { try progress(done) }
        sum += part.fitted.expanded(fits[fold].model).logLossSum(part.held)
      }
      let loss = sum / Double(rows.count)
      worse = loss < tried.map(\.loss).min() ?? .infinity ? 0 : worse + 1
      tried.append(Trial(value: c, loss: loss))
    }
    return tried
  }
}
