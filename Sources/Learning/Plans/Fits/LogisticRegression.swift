import Decisions
import Foundation
public import Randomness
import Requirements
public import Torch

/// Multinomial logistic regression to convergence: the minimum of
/// Σ_i w_i · CE(W x_i + b, y_i) / Σ w + ‖W‖² / (2 C Σ w), on features that are centred and scaled by their own means and
/// deviations.
///
/// W and b come back in the units of the features as they were given. With w_i = 1 it is scikit-learn's
/// `LogisticRegression(C=C)` behind a `StandardScaler`; with balanced classes, w_i = N / (C n_y), its
/// `class_weight="balanced"`. Departs from scikit-learn in the case of two classes, which it gives one row of weights: its C
/// is there twice the one here.
///
/// Where C is not given it is the one with the least cross-entropy of held-out rows, in folds that keep groups together, on
/// the path 10⁻⁴, 10⁻³·⁵, …, 10 from the strongest penalty on; the path ends when two values in a row are worse than the
/// best.
public struct LogisticRegression: Sendable, Equatable {
  /// C, above 0; `nil` is chosen.
  public var c: Double?
  /// Whether every class weighs the same.
  public var isBalanced: Bool
  /// Folds that C is chosen on, at least 2.
  public var folds: Int

  /// - Parameters:
  ///   - c: C, above 0; `nil` is chosen.
  ///   - isBalanced: whether every class weighs the same.
  ///   - folds: folds that C is chosen on, at least 2.
  public init(c: Double? = nil, isBalanced: Bool = false, folds: Int = 5) {
    (self.c, self.isBalanced, self.folds) = (c, isBalanced, folds)
  }

  /// The values of C that are tried, in order.
  public static let path = (-8...2).map { pow(10, Double($0) / 2) }

  /// What a fit came to.
  public struct Solution: Sendable {
    /// W, `[K, D]`, float32.
    public let weight: Tensor
    /// b, `[K]`, float32.
    public let bias: Tensor
    /// C.
    public let c: Double
    /// What was minimised.
    public let objective: Double
    /// Steps of the last fit.
    public let iterations: Int
    /// Whether the last fit met its tolerance.
    public let isConverged: Bool
    /// Held-out cross-entropy of each value that was tried, in order, `[values]`; empty where C was given.
    public let tried: [(c: Double, loss: Double)]
  }

  /// Fits rows `[N, D]` without reports of how far it is; else as the function with `progress`.
  ///
  /// - Precondition: at least one row, a weight for each where there are some; C above 0; at least
  ///   2 folds.
  public func callAsFunction(
    _ rows: LabelledFeatures, classes: Int, key: RandomKey, weights: [Double]? = nil
  ) -> Solution {
    self(rows, classes: classes, key: key, weights: weights) { _, _ in }
  }

  /// Fits.
  ///
  /// - Parameters:
  ///   - rows: features with their classes, and groups where rows belong together.
  ///   - classes: K, at least 1.
  ///   - key: of the folds' draws.
  ///   - weights: how much each row counts beside that, `[N]`, at least 0; `nil` counts all alike.
  ///   - progress: told at every step how many fits are done, and of how many at most; may throw to
  ///     stop.
  /// - Throws: what `progress` throws.
  /// - Precondition: at least one row, a weight for each where there are some; C above 0; at least
  ///   2 folds.
  public func callAsFunction(
    _ rows: LabelledFeatures, classes: Int, key: RandomKey, weights: [Double]? = nil,
    progress: (Int, Int) throws -> Void
  ) rethrows -> Solution {
    require(
      weights.map { $0.count == rows.labels.count && $0.allSatisfy { $0 >= 0 } } ?? true,
      "LogisticRegression: expected a weight of at least 0 for each of \(rows.labels.count) rows, got "
        + "\(weights?.count ?? 0)")
    require(
      !rows.labels.isEmpty && c.map { $0 > 0 } ?? true && folds >= 2,
      "LogisticRegression: expected rows, C above 0 and 2 folds or more, got \(rows.labels.count), "
        + "\(c ?? 0) and \(folds)")
    return try withoutGradients {
      let x = rows.features.to(.float32)
      let mean = x.to(.float64).mean(dims: [0], keepDims: true)
      let spread = (x.to(.float64) - mean).square().mean(dims: [0], keepDims: true).sqrt()
      // What rounding leaves of a constant is no spread.
      let isFlat = spread.less(than: mean.abs() * 1e-7 + 1e-30)
      let std = Tensor.where(isFlat, spread * 0 + 1, spread)
      let scaled = (x.to(.float64) - mean) / std
      let problem = SoftmaxProblem(
        scaled, rows.labels, classes: classes, isBalanced: isBalanced, weights: weights)
      let fits = c == nil ? Self.path.count * folds + 1 : 1
      let tried =
        self.c == nil
        ? try chosen(problem, rows, classes: classes, key: key) { try progress($0, fits) } : []
      let c = self.c ?? tried.min { $0.loss < $1.loss }?.c ?? 1
      let end = try problem.solved(c: c, from: nil, exact: true) { try progress(fits - 1, fits) }
      let θ = end.point.to(.float64)
      let width = scaled.shape[1]
      let weight = θ.narrowed(dim: 1, start: 0, length: width) / std
      let bias =
        θ.narrowed(dim: 1, start: width, length: 1).squeezed(1)
        - (weight * mean).sum(dims: [1])
      return Solution(
        weight: weight.to(.float32), bias: bias.to(.float32), c: c, objective: end.value,
        iterations: end.iterations, isConverged: end.isConverged, tried: tried)
    }
  }

  /// Held-out cross-entropy along the path; empty where there are too few groups for two folds.
  private func chosen(
    _ problem: SoftmaxProblem, _ rows: LabelledFeatures, classes: Int, key: RandomKey,
    progress: (Int) throws -> Void
  ) rethrows -> [(c: Double, loss: Double)] {
    var source = key.folding("folds").source
    let groups = rows.groups.map { groups in
      // A row without a group stands alone.
      groups.enumerated().map { $1.isEmpty ? "\u{0}\($0)" : $1 }
    }
    let count = min(folds, Set(groups ?? rows.labels.indices.map { "\($0)" }).count)
    guard count >= 2,
      let dealt = try? GroupedFolds(
        truths: rows.labels, classes: classes, groups: groups, count: count, using: &source)
    else { return [] }
    let parts = (0..<count).map { fold in
      (
        problem.rows(dealt.rows(outside: fold)), problem.rows(dealt.rows(in: fold))
      )
    }
    var points = [Tensor?](repeating: nil, count: count)
    var (tried, worse) = ([(c: Double, loss: Double)](), 0)
    for c in Self.path where worse < 2 {
      var sum = 0.0
      for (fold, part) in parts.enumerated() {
        let done = tried.count * count + fold
        let end = try part.0.solved(c: c, from: points[fold], exact: false) { try progress(done) }
        points[fold] = end.point
        sum += part.1.crossEntropySum(end.point)
      }
      let best = tried.map(\.loss).min() ?? .infinity
      tried.append((c, sum / problem.mass))
      worse = sum / problem.mass < best ? 0 : worse + 1
    }
    return tried
  }
}
