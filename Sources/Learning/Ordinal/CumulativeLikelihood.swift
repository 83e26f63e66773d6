import Foundation

/// −(1/N) Σ_i log P(y_i | x_i) of cumulative logits, as a function of θ = (α, ψ_1, …, ψ_B) with β_k = Σ_{m ≤ min(k, B)} ψ_m.
///
/// B = 1 is proportional odds; with B = K − 1 each ψ_m after the first is what a threshold's coefficients differ by from
/// those of the one before. Convex; +∞ where the probability of a row's own grade is 10⁻¹⁰ or less, so that a descent stays
/// where thresholds do not cross at the rows between them.
package struct CumulativeLikelihood: Sendable {
  /// Rows, scaled.
  let rows: GradedRows
  /// B, 1 or K − 1.
  let blocks: Int

  /// Numbers in θ.
  var size: Int { boundaries + blocks * rows.width }
  private var boundaries: Int { rows.grades - 1 }

  /// A probability that counts as none.
  private static let least = 1e-10

  /// - Parameters:
  ///   - rows: scaled, with every grade.
  ///   - isProportional: whether all thresholds share their coefficients.
  package init(_ rows: GradedRows, isProportional: Bool) {
    self.rows = rows
    blocks = isProportional ? 1 : rows.grades - 1
  }

  /// No coefficients, and the thresholds of the grades' shares, `[K − 1 + B D]`.
  package var start: [Double] {
    var below = 0.0
    let thresholds = rows.counts.dropLast().map { count -> Double in
      below += Double(count)
      return log(below / (Double(rows.count) - below))
    }
    return thresholds + [Double](repeating: 0, count: blocks * rows.width)
  }

  /// How the function bends along each number of θ at its start, where columns have the variance 1: what scales steps.
  ///
  /// Fisher's information of the logits of two thresholds k, l is I_kk = g_k² (1/π_k + 1/π_{k+1}) and I_{k,k+1} = −g_k g_{k+1} /
  /// π_{k+1} with g = γ(1 − γ) of the cumulative shares γ; that of an entry of ψ_m is the sum over k, l ≥ m.
  var curvature: [Double] {
    let shares = rows.counts.map { Double($0) / Double(rows.count) }
    var below = 0.0
    let slopes = shares.dropLast().map { share -> Double in
      below += share
      return below * (1 - below)
    }
    let own = slopes.indices.map { k in
      slopes[k] * slopes[k] * (1 / shares[k] + 1 / shares[k + 1])
    }
    let between = slopes.indices.dropLast().map { k in
      -slopes[k] * slopes[k + 1] / shares[k + 1]
    }
    let ofBlocks = (0..<blocks).flatMap { block -> [Double] in
      let sum = own[block...].reduce(0, +) + 2 * between[block...].reduce(0, +)
      return [Double](repeating: sum, count: rows.width)
    }
    return own + ofBlocks
  }

  /// β, `[(K − 1) × D]`.
  func coefficients(_ θ: [Double]) -> [Double] {
    let width = rows.width
    var result = [Double](repeating: 0, count: boundaries * width)
    for boundary in 0..<boundaries {
      for column in 0..<width {
        let before = boundary > 0 ? result[(boundary - 1) * width + column] : 0
        let step = boundary < blocks ? θ[boundaries + boundary * width + column] : 0
        result[boundary * width + column] = before + step
      }
    }
    return result
  }

  /// The model that θ is.
  func model(_ θ: [Double]) -> CumulativeModel {
    CumulativeModel(
      thresholds: Array(θ.prefix(boundaries)), coefficients: coefficients(θ))
  }

  /// The function at θ, `[K − 1 + B D]`.
  package func value(_ θ: [Double]) -> Double { sum(θ, slopes: nil) }

  /// The function at θ, `[K − 1 + B D]`, and its gradient, of the same length; without entries where the function is not finite.
  package func valueAndGradient(_ θ: [Double]) -> (value: Double, gradient: [Double]) {
    let (boundaries, width) = (self.boundaries, rows.width)
    var slopes = [Double](repeating: 0, count: boundaries * (width + 1))
    let value = slopes.withUnsafeMutableBufferPointer { sum(θ, slopes: $0.baseAddress) }
    guard value.isFinite else { return (value, []) }
    var gradient = [Double](repeating: 0, count: size)
    for boundary in 0..<boundaries {
      gradient[boundary] = slopes[boundary]
      // ψ_m is in the coefficients of its own threshold and of all after it; the last block in those of all that are left.
      for block in 0...min(boundary, blocks - 1) {
        for column in 0..<width {
          gradient[boundaries + block * width + column] +=
            slopes[boundaries + boundary * width + column]
        }
      }
    }
    return (value, gradient)
  }

  /// The function; beside it, where asked for, what it changes by with each α and each β, `[K − 1 + (K − 1) × D]`.
  private func sum(_ θ: [Double], slopes: UnsafeMutablePointer<Double>?) -> Double {
    let (boundaries, width, share) = (self.boundaries, rows.width, 1 / Double(rows.count))
    let coefficients = self.coefficients(θ)
    return rows.features.withUnsafeBufferPointer { features in
      rows.labels.withUnsafeBufferPointer { labels in
        (θ + coefficients).withUnsafeBufferPointer { numbers in
          guard var x = features.baseAddress, let α = numbers.baseAddress else { return 0 }
          let β = α + θ.count
          // One logarithm for many rows.
          var (total, product) = (0.0, 1.0)
          for grade in labels {
            let (upper, lower) = (grade, grade - 1)
            let above =
              upper < boundaries
              ? Squashed(α[upper] + dot(x, β + upper * width, width)) : Squashed(value: 1, rest: 0)
            let below =
              lower >= 0
              ? Squashed(α[lower] + dot(x, β + lower * width, width)) : Squashed(value: 0, rest: 1)
            let p = above - below
            guard p > Self.least else { return .infinity }
            product *= p
            if product < 1e-250 { (total, product) = (total - log(product), 1) }
            if let slopes {
              let factor = share / p
              if upper < boundaries {
                add(-factor * above.bend, x, to: slopes, upper, boundaries, width)
              }
              if lower >= 0 {
                add(factor * below.bend, x, to: slopes, lower, boundaries, width)
              }
            }
            x += width
          }
          return (total - log(product)) * share
        }
      }
    }
  }
}

/// σ(x) and σ(−x), of which the smaller keeps its digits.
private struct Squashed {
  /// σ(x), σ(−x).
  let value, rest: Double

  @inline(__always)
  init(value: Double, rest: Double) { (self.value, self.rest) = (value, rest) }

  @inline(__always)
  init(_ x: Double) {
    let e = exp(-abs(x))
    let large = 1 / (1 + e)
    (value, rest) = x >= 0 ? (large, e * large) : (e * large, large)
  }

  /// σ'(x).
  @inline(__always)
  var bend: Double { value * rest }

  /// σ(x) − σ(y), of the sides that are small.
  @inline(__always)
  static func - (left: Squashed, right: Squashed) -> Double {
    right.value > 0.5 ? right.rest - left.rest : left.value - right.value
  }
}

/// Σ_j a_j b_j, in four sums.
@inline(__always)
private func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
  var (s0, s1, s2, s3, place) = (0.0, 0.0, 0.0, 0.0, 0)
  while place + 4 <= count {
    s0 += a[place] * b[place]
    s1 += a[place + 1] * b[place + 1]
    s2 += a[place + 2] * b[place + 2]
    s3 += a[place + 3] * b[place + 3]
    place += 4
  }
  while place < count {
    s0 += a[place] * b[place]
    place += 1
  }
  return (s0 + s1) + (s2 + s3)
}

/// Adds the slope of a row to those of a threshold and of its coefficients.
@inline(__always)
private func add(
  _ slope: Double, _ x: UnsafePointer<Double>, to slopes: UnsafeMutablePointer<Double>,
  _ boundary: Int, _ boundaries: Int, _ width: Int
) {
  slopes[boundary] += slope
  let own = slopes + boundaries + boundary * width
  for column in 0..<width { own[column] += slope * x[column] }
}
