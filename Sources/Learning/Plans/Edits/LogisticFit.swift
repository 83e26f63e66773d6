import Foundation

/// P = σ(a x + b) of one number, the likeliest for labels that are drawn a little towards ½: of n₁ positives to
/// (n₁ + 1) / (n₁ + 2), of n₀ negatives to 1 / (n₀ + 2), so that it is finite where a threshold parts them.
///
/// Source: Platt, "Probabilistic Outputs for Support Vector Machines and Comparisons to Regularized Likelihood Methods",
/// 1999; Newton's method with halved steps after Lin, Lin, Weng, "A note on Platt's probabilistic outputs", 2007.
struct LogisticFit: Equatable {
  /// a.
  let slope: Double
  /// b.
  let offset: Double

  /// Fits.
  ///
  /// - Parameters:
  ///   - x: numbers, `[N]`.
  ///   - labels: which are positive, `[N]`; of both kinds some.
  init(_ x: [Double], _ labels: [Bool]) {
    let positives = Double(labels.count { $0 })
    let negatives = Double(labels.count) - positives
    let targets = labels.map { $0 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2) }
    // In units of their deviation, so that no step is lost to scale.
    let mean = x.reduce(0, +) / Double(x.count)
    let deviation = (x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)).squareRoot()
    let unit = deviation > 0 ? deviation : 1
    let z = x.map { ($0 - mean) / unit }
    func loss(_ a: Double, _ b: Double) -> Double {
      zip(z, targets).reduce(0) { sum, row in
        let f = a * row.0 + b
        return sum + max(f, 0) - row.1 * f + log1p(exp(-abs(f)))
      }
    }
    var (a, b) = (0.0, log((positives + 1) / (negatives + 1)))
    var best = loss(a, b)
    for _ in 0..<100 {
      var (ga, gb, haa, hab, hbb) = (0.0, 0.0, 1e-12, 0.0, 1e-12)
      for (value, target) in zip(z, targets) {
        let p = 1 / (1 + exp(-(a * value + b)))
        (ga, gb) = (ga + (p - target) * value, gb + p - target)
        let w = p * (1 - p)
        (haa, hab, hbb) = (haa + w * value * value, hab + w * value, hbb + w)
      }
      let determinant = haa * hbb - hab * hab
      guard max(abs(ga), abs(gb)) > 1e-10, determinant > 0 else { break }
      let (da, db) = ((hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant)
      var step = 1.0
      while step > 1e-10, loss(a - step * da, b - step * db) > best { step /= 2 }
      guard step > 1e-10 else { break }
      (a, b) = (a - step * da, b - step * db)
      best = loss(a, b)
    }
    (slope, offset) = (a / unit, b - a * mean / unit)
  }
}
