import Evaluation
import Foundation

/// Intervals of a slope and an intercept.
///
/// | answers | interval | source |
/// |---|---|---|
/// | independent, fewer than 100 of either kind | profile likelihood: `2 (l(b̂) − l(b)) ≤ z²` | Venzon and Moolgavkar 1988 |
/// | independent, 100 or more of both | Wald's, with the information | |
/// | in groups | Student's of `G − 1`, with the variance of a jackknife of groups, of one step each | MacKinnon, Nielsen and Webb 2023 |
///
/// Of 100 and more answers the first two agree within a hundredth or two of their length, and a profile costs thirty times
/// as much.
extension LogisticCurve {
  /// From so many answers of both kinds on the interval is Wald's.
  static let enough = 100

  /// The interval of the slope at the best `(a, b)`.
  func slopeInterval(_ best: (a: Double, b: Double), level: Double) -> Interval? {
    guard rarer < Self.enough else {
      let sums = sums(best.a, best.b)
      return sums.determinant.map { wald(best.b, $0 / sums.haa, level) }
    }
    // Along b, a at its best; each fit begins where the one before ended.
    var a = best.a
    return profile(best.b, loss(best.a, best.b), level) { b in
      guard abs(b) < Self.limit, let found = fitted(freesSlope: false, from: (a, b)) else {
        return nil
      }
      a = found.a
      return loss(found.a, b)
    }
  }

  /// The interval of the intercept at the best `a`, the slope held at 1.
  func interceptInterval(_ a: Double, level: Double) -> Interval? {
    guard rarer < Self.enough else { return wald(a, sums(a, 1).haa, level) }
    return profile(a, loss(a, 1), level) { loss($0, 1) }
  }

  private var rarer: Int {
    let trues = answers.count { $0 }
    return min(trues, answers.count - trues)
  }

  private func wald(_ value: Double, _ information: Double, _ level: Double) -> Interval {
    let half = normalQuantile((1 + level) / 2) / information.squareRoot()
    return Interval(low: value - half, high: value + half, level: level)
  }

  /// Where the loss rises by `z²/2` above the least, on both sides, by bisection.
  private func profile(
    _ best: Double, _ least: Double, _ level: Double, _ loss: (Double) -> Double?
  ) -> Interval? {
    let z = normalQuantile((1 + level) / 2)
    func end(_ sign: Double) -> Double? {
      var (inside, outside, step) = (best, best + sign, 1.0)
      while let found = loss(outside), found - least <= z * z / 2 {
        step *= 2
        (inside, outside) = (outside, outside + sign * step)
        if step > 1e4 { return nil }
      }
      for _ in 0..<50 where abs(outside - inside) > 1e-9 {
        let middle = (inside + outside) / 2
        if let found = loss(middle), found - least <= z * z / 2 {
          inside = middle
        } else {
          outside = middle
        }
      }
      return (inside + outside) / 2
    }
    guard let low = end(-1), let high = end(1) else { return nil }
    return Interval(low: low, high: high, level: level)
  }

  /// What each unit moves the best place by, `β − β_(g)`: of the step `(H − H_g)⁻¹ s_g` that leads from it without
  /// the unit, `[G]`; `nil` where a unit cannot be left out.
  ///
  /// - Parameters:
  ///   - best: Where the likelihood is greatest.
  ///   - units: Unit of each answer, `[N]`, each in `0..<count`.
  ///   - count: Number of units.
  ///   - freesSlope: Whether `b` was fitted too.
  func influences(
    _ best: (a: Double, b: Double), units: [Int], count: Int, freesSlope: Bool
  ) -> [(a: Double, b: Double)]? {
    var own = [Sums](repeating: Sums(), count: count)
    for (place, unit) in units.enumerated() {
      own[unit].add(logits[place], answers[place], best.a, best.b)
    }
    let all = sums(best.a, best.b)
    var found: [(a: Double, b: Double)] = []
    for unit in own {
      let rest = Sums(
        ga: unit.ga, gb: unit.gb, haa: all.haa - unit.haa, hab: all.hab - unit.hab,
        hbb: all.hbb - unit.hbb)
      guard rest.haa > 0, let step = rest.step(freesSlope: freesSlope) else { return nil }
      found.append(step)
    }
    return found
  }
}

/// The interval of what units move: Student's, with the jackknife's variance `(G − 1)/G Σ (d_g − d̄)²`; `nil` with fewer
/// than two units.
///
/// Source: MacKinnon, Nielsen and Webb, "Cluster-robust jackknife and bootstrap inference for logistic regression
/// models", 2023, the linearised CV3.
///
/// - Parameters:
///   - value: The estimate.
///   - influences: What each unit moves it by, `[G]`.
///   - level: Coverage.
func jackknifeInterval(_ value: Double, _ influences: [Double], level: Double) -> Interval? {
  let count = Double(influences.count)
  guard count > 1 else { return nil }
  let mean = influences.reduce(0, +) / count
  let squares = influences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  let half =
    studentQuantile((1 + level) / 2, freedom: count - 1)
    * ((count - 1) / count * squares).squareRoot()
  return Interval(low: value - half, high: value + half, level: level)
}
