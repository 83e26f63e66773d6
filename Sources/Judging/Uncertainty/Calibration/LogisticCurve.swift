import Foundation

/// `logit P(y) = a + b x` of answers over the logits `x` of stated probabilities, by maximum likelihood.
struct LogisticCurve {
  let logits: [Double]
  let answers: [Bool]

  /// Slopes beyond this are of answers that probabilities nearly separate.
  static let limit = 1000.0

  /// Score and information at a point: sums of `y − p` and `(y − p) x`, and of `w`, `w x` and `w x²` with `w = p(1 − p)`.
  struct Sums {
    var ga = 0.0, gb = 0.0
    var haa = 0.0, hab = 0.0, hbb = 0.0

    mutating func add(_ x: Double, _ answer: Bool, _ a: Double, _ b: Double) {
      let p = 1 / (1 + exp(-(a + b * x)))
      let (rest, weight) = ((answer ? 1 : 0) - p, p * (1 - p))
      ga += rest
      gb += rest * x
      haa += weight
      hab += weight * x
      hbb += weight * x * x
    }

    /// Determinant of the information; `nil` where it is as good as singular.
    var determinant: Double? {
      let value = haa * hbb - hab * hab
      return value > 1e-12 * haa * hbb ? value : nil
    }

    /// Newton's step, the inverse of the information times the score, with `b` free or held.
    func step(freesSlope: Bool) -> (a: Double, b: Double)? {
      guard freesSlope else { return (haa > 0 ? ga / haa : 0, 0) }
      return determinant.map { ((hbb * ga - hab * gb) / $0, (haa * gb - hab * ga) / $0) }
    }
  }

  /// The sums over all answers.
  func sums(_ a: Double, _ b: Double) -> Sums {
    var sums = Sums()
    for (x, answer) in zip(logits, answers) { sums.add(x, answer, a, b) }
    return sums
  }

  /// Minus the log likelihood.
  func loss(_ a: Double, _ b: Double) -> Double {
    zip(logits, answers).reduce(0) { sum, pair in
      let z = (a + b * pair.0) * (pair.1 ? -1 : 1)
      return sum + max(z, 0) + log1p(exp(-abs(z)))
    }
  }

  /// Whether some threshold has all true answers on one side and all false ones on the other, or at it: then the
  /// likelihood grows with the slope without end. Also where all logits are alike. Newton's method cannot tell, for
  /// the likelihood stops changing in the last digit long before the slope is large.
  var isSeparated: Bool {
    let pairs = zip(logits, answers)
    let (trues, falses) = (pairs.filter { $0.1 }.map(\.0), pairs.filter { !$0.1 }.map(\.0))
    guard let lowTrue = trues.min(), let highTrue = trues.max(), let lowFalse = falses.min(),
      let highFalse = falses.max()
    else { return true }
    return lowTrue >= highFalse || lowFalse >= highTrue
  }

  /// Newton's method with halved steps, of answers that are not separated; `nil` where it does not settle.
  ///
  /// - Parameters:
  ///   - freesSlope: Whether `b` is fitted too; else it stays as given.
  ///   - start: Where it begins.
  func fitted(
    freesSlope: Bool, from start: (a: Double, b: Double) = (0, 1)
  ) -> (a: Double, b: Double)? {
    var (a, b) = start
    var loss = loss(a, b)
    for _ in 0..<100 {
      guard let (da, db) = sums(a, b).step(freesSlope: freesSlope) else { return nil }
      var step = 1.0
      // Beside the best place the sum differs in its last digits alone, which are no reason to halve a step.
      let most = loss + 1e-11 * (1 + loss)
      while self.loss(a + step * da, b + step * db) > most, step > 1e-12 { step /= 2 }
      (a, b) = (a + step * da, b + step * db)
      loss = self.loss(a, b)
      guard abs(a) < 1e6, abs(b) < Self.limit else { return nil }
      // Of the whole step: a halved one is short wherever it is taken. What is left after it is about its square.
      if abs(da) < 1e-9 * (1 + abs(a)), abs(db) < 1e-9 * (1 + abs(b)) { return (a, b) }
    }
    return nil
  }
}
