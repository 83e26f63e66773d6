import Evaluation
import Foundation

/// Intervals of a slope and an intercept.
///
/// | answers | interval | source |
/// |---|---|---|
/// | independent, fewer than 100 of either kind | profile likelihood: `2 (l(b̂) − l(b)) ≤ z²` | Venzon and Moolgavkar 1988 |
/// | independent, 100 or more of both | Wald's, with the information | |
/// | in groups | Student's of `G* − 1`, with the variance of a jackknife of groups, of one step each | MacKinnon, Nielsen and Webb 2023 |
///
/// Of 100 and more answers the first two agree within a hundredth or two of their length, and a profile costs thirty times
/// as much.
///
/// The intercept's model holds the slope at 1, which is not true of a model that is too bold or too cautious, so that the
/// information tells a wrong variance: of logits half as large again its intervals held the truth in 90 of 100 samples of
/// any size. So its profile is `2 (l(â) − l(a)) ≤ z² V H`, with the variance `V` of a jackknife of answers and the
/// information `H` (Rotnitzky and Jewell, Biometrika 77, 1990), and its Wald interval has `V`.
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
    return profile(best.b, loss(best.a, best.b), level, scale: 1) { b in
      guard abs(b) < Self.limit, let found = fitted(freesSlope: false, from: (a, b)) else {
        return nil
      }
      a = found.a
      return loss(found.a, b)
    }
  }

  /// The interval of the intercept at the best `a`, the slope held at 1.
  func interceptInterval(_ a: Double, level: Double) -> Interval? {
    let each = influences(
      (a, 1), units: Array(answers.indices), count: answers.count, freesSlope: false)
    guard let variance = each.flatMap({ jackknifeVariance($0.map(\.a)) }) else { return nil }
    guard rarer < Self.enough else { return wald(a, 1 / variance, level) }
    return profile(a, loss(a, 1), level, scale: variance * sums(a, 1).haa) { loss($0, 1) }
  }

  private var rarer: Int {
    let trues = answers.count { $0 }
    return min(trues, answers.count - trues)
  }

  private func wald(_ value: Double, _ information: Double, _ level: Double) -> Interval {
    let half = normalQuantile((1 + level) / 2) / information.squareRoot()
    return Interval(low: value - half, high: value + half, level: level)
  }

  /// Where the loss rises by `scale · z²/2` above the least, on both sides.
  private func profile(
    _ best: Double, _ least: Double, _ level: Double, scale: Double, _ loss: (Double) -> Double?
  ) -> Interval? {
    let z = normalQuantile((1 + level) / 2)
    func excess(_ place: Double) -> Double? {
      loss(place).map { $0 - least - scale * z * z / 2 }
    }
    guard let low = Self.end(best, side: -1, excess), let high = Self.end(best, side: 1, excess)
    else { return nil }
    return Interval(low: low, high: high, level: level)
  }

  /// Where `excess`, below 0 at `best`, becomes 0 on one side: between steps that double, by regula falsi with the Illinois
  /// rule, a sixth of bisection's steps; `nil` where it never does.
  private static func end(
    _ best: Double, side: Double, _ excess: (Double) -> Double?
  ) -> Double? {
    var (inside, outside, step) = (best, best + side, 1.0)
    guard var below = excess(inside) else { return nil }
    var above = excess(outside)
    while let found = above, found <= 0 {
      step *= 2
      (inside, below, outside) = (outside, found, outside + side * step)
      above = excess(outside)
      if step > 1e4 { return nil }
    }
    var last = 0
    for _ in 0..<100 where abs(outside - inside) > 1e-9 {
      // Where the place outside cannot be judged, the middle.
      let share = above.map { below / (below - $0) } ?? 0.5
      let middle = inside + (outside - inside) * share
      let found = excess(middle)
      if let found, abs(found) < 1e-10 { return middle }
      if let found, found <= 0 {
        (inside, below) = (middle, found)
        if last < 0 { above = above.map { $0 / 2 } }
        last = -1
      } else {
        (outside, above) = (middle, found)
        if last > 0 { below /= 2 }
        last = 1
      }
    }
    return (inside + outside) / 2
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

/// The interval of what units move: Student's, with ``jackknifeVariance(_:)``; `nil` with fewer than two units.
///
/// Source: MacKinnon, Nielsen and Webb, "Cluster-robust jackknife and bootstrap inference for logistic regression
/// models", 2023, the linearised CV3. Where some units have most of the rows, the variance rests on them alone, and the
/// degrees of freedom are those of the effective number of units (Carter, Schnepel and Steigerwald, Review of Economics
/// and Statistics 99, 2017, of equal information in each row).
///
/// - Parameters:
///   - value: The estimate.
///   - influences: What each unit moves it by, `[G]`.
///   - effective: Effective number of units, `G*`; with fewer than 2 there is 1 degree of freedom.
///   - level: Coverage.
func jackknifeInterval(
  _ value: Double, _ influences: [Double], effective: Double, level: Double
) -> Interval? {
  guard let variance = jackknifeVariance(influences) else { return nil }
  let quantile = studentQuantile((1 + level) / 2, freedom: max(effective - 1, 1))
  let half = quantile * variance.squareRoot()
  return Interval(low: value - half, high: value + half, level: level)
}

/// Variance of an estimate that units move, `(G − 1)/G Σ (d_g − d̄)²` of their influences `[G]`; `nil` with fewer than
/// two units.
private func jackknifeVariance(_ influences: [Double]) -> Double? {
  let count = Double(influences.count)
  guard count > 1 else { return nil }
  let mean = influences.reduce(0, +) / count
  return (count - 1) / count * influences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
}
