import Foundation

/// Adam on the residuals of ``HOC``.
struct HOCFit {
  let classes: Int
  let first: [Double]
  private let second: [Double]
  private let third: [Double]
  private(set) var transition: [Double] = []
  private(set) var prior: [Double] = []
  /// T's logits, then p's.
  private var free: [Double]

  init(_ third: [Double], _ classes: Int) {
    (self.third, self.classes) = (third, classes)
    second = (0..<classes * classes).map { ab in
      third[ab * classes..<(ab + 1) * classes].reduce(0, +)
    }
    first = (0..<classes).map { [second] a in second[a * classes..<(a + 1) * classes].reduce(0, +) }
    free = (0..<classes * classes).map { $0 / classes == $0 % classes ? 4 : -1 }
    free += [Double](repeating: 0, count: classes)
    unfold()
  }

  /// Steps of a size that falls from 0.1 to 0 along a cosine.
  mutating func descend(_ steps: Int) {
    var mean = [Double](repeating: 0, count: free.count)
    var square = mean
    for step in 0..<steps {
      let gradient = gradient()
      let rate = 0.05 * (1 + cos(Double.pi * Double(step) / Double(steps)))
      let (b1, b2) = (1 - pow(0.9, Double(step + 1)), 1 - pow(0.999, Double(step + 1)))
      for i in free.indices {
        mean[i] = 0.9 * mean[i] + 0.1 * gradient[i]
        square[i] = 0.999 * square[i] + 0.001 * gradient[i] * gradient[i]
        free[i] -= rate * (mean[i] / b1) / ((square[i] / b2).squareRoot() + 1e-12)
      }
      unfold()
    }
  }

  private mutating func unfold() {
    transition = (0..<classes).flatMap { softmax(free[$0 * classes..<($0 + 1) * classes]) }
    prior = softmax(free[(classes * classes)...])
  }

  private func softmax(_ values: ArraySlice<Double>) -> [Double] {
    let most = values.max() ?? 0
    let powers = values.map { exp($0 - most) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// Of ½ (‖c¹ − ĉ¹‖² + ‖c² − ĉ²‖² + ‖c³ − ĉ³‖²).
  private func gradient() -> [Double] {
    let c = classes
    var (byT, byP) = ([Double](repeating: 0, count: c * c), [Double](repeating: 0, count: c))
    var (r1, r2, r3) = (first.map { -$0 }, second.map { -$0 }, third.map { -$0 })
    for i in 0..<c {
      for a in 0..<c {
        let pa = prior[i] * transition[i * c + a]
        r1[a] += pa
        for b in 0..<c {
          let pab = pa * transition[i * c + b]
          r2[a * c + b] += pab
          for d in 0..<c { r3[(a * c + b) * c + d] += pab * transition[i * c + d] }
        }
      }
    }
    for i in 0..<c {
      let row = i * c
      for a in 0..<c {
        let ta = transition[row + a]
        byP[i] += r1[a] * ta
        byT[row + a] += prior[i] * r1[a]
        for b in 0..<c {
          let tb = transition[row + b]
          byP[i] += r2[a * c + b] * ta * tb
          byT[row + a] += prior[i] * r2[a * c + b] * tb
          byT[row + b] += prior[i] * r2[a * c + b] * ta
          for d in 0..<c {
            let (td, r) = (transition[row + d], r3[(a * c + b) * c + d])
            byP[i] += r * ta * tb * td
            byT[row + a] += prior[i] * r * tb * td
            byT[row + b] += prior[i] * r * ta * td
            byT[row + d] += prior[i] * r * ta * tb
          }
        }
      }
    }
    var gradient: [Double] = []
    for i in 0..<c {
      gradient += through(Array(byT[i * c..<(i + 1) * c]), Array(transition[i * c..<(i + 1) * c]))
    }
    return gradient + through(byP, prior)
  }

  /// Back through a softmax.
  private func through(_ gradient: [Double], _ value: [Double]) -> [Double] {
    let mean = zip(gradient, value).reduce(0) { $0 + $1.0 * $1.1 }
    return zip(gradient, value).map { $1 * ($0 - mean) }
  }
}
