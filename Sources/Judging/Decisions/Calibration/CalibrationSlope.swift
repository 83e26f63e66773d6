import Foundation
import Requirements

/// How stated probabilities would have to be turned to be right: the slope and the intercept of a logistic curve
/// of one class against the rest.
///
/// - slope b: `logit P(y) = a + b logit p` fitted by maximum likelihood; 1 is right, below 1 the probabilities are
///   too extreme.
/// - intercept a: `logit P(y) = a + logit p`, calibration in the large; 0 is right, below 0 the class is promised
///   more often than it comes.
///
/// Source: Cox 1958; Van Calster et al., "Calibration: the Achilles heel of predictive analytics", BMC Medicine 17,
/// 2019.
public struct CalibrationSlope: Sendable, Equatable, Codable {
  /// b; `nil` with fewer than ``fewest`` answers of either kind, and where no finite slope is best: all
  /// probabilities alike, or answers that the probabilities separate.
  public let slope: Double?
  /// a; `nil` where all answers are alike.
  public let intercept: Double?

  /// Answers of each kind, true and false, that a slope needs: of fewer it is mostly noise, and one of them would
  /// weigh as much as any other in a mean over classes.
  public static let fewest = 10

  /// Slopes beyond this are of answers that probabilities nearly separate.
  static let limit = 1000.0

  /// The curve of stated probabilities.
  ///
  /// - Parameters:
  ///   - probabilities: p, `[N]`, in 0…1; kept 2⁻²⁴ away from both ends, as far as single precision tells.
  ///   - answers: Whether it came true, `[N]`.
  /// - Precondition: both have the same length.
  public init(_ probabilities: [Double], _ answers: [Bool]) {
    require(
      probabilities.count == answers.count,
      "CalibrationSlope: expected \(probabilities.count) answers, got \(answers.count)")
    let logits = probabilities.map { p in
      let held = min(max(p, 0x1p-24), 1 - 0x1p-24)
      return log(held / (1 - held))
    }
    guard answers.contains(true), answers.contains(false) else {
      (slope, intercept) = (nil, nil)
      return
    }
    intercept = Self.fitted(logits, answers, freesSlope: false)?.a
    let trues = answers.count { $0 }
    guard min(trues, answers.count - trues) >= Self.fewest, !Self.areSeparated(logits, answers)
    else {
      slope = nil
      return
    }
    let free = Self.fitted(logits, answers, freesSlope: true)
    slope = free.flatMap { abs($0.b) < Self.limit ? $0.b : nil }
  }

  /// Whether some threshold has all true answers on one side and all false ones on the other, or at it: then the
  /// likelihood grows with the slope without end. Also where all logits are alike. Newton's method cannot tell, for
  /// the likelihood stops changing in the last digit long before the slope is large.
  private static func areSeparated(_ logits: [Double], _ answers: [Bool]) -> Bool {
    let pairs = zip(logits, answers)
    let (trues, falses) = (pairs.filter { $0.1 }.map(\.0), pairs.filter { !$0.1 }.map(\.0))
    guard let lowTrue = trues.min(), let highTrue = trues.max(), let lowFalse = falses.min(),
      let highFalse = falses.max()
    else { return true }
    return lowTrue >= highFalse || lowFalse >= highTrue
  }

  /// Newton's method with halved steps, of answers that are not separated; `nil` where it does not settle.
  private static func fitted(
    _ logits: [Double], _ answers: [Bool], freesSlope: Bool
  ) -> (a: Double, b: Double)? {
    var (a, b) = (0.0, 1.0)
    var loss = Self.loss(logits, answers, a, b)
    for _ in 0..<100 {
      var (ga, gb, haa, hab, hbb) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for (x, answer) in zip(logits, answers) {
        let p = 1 / (1 + exp(-(a + b * x)))
        let (rest, weight) = (p - (answer ? 1 : 0), p * (1 - p))
        ga += rest
        gb += rest * x
        haa += weight
        hab += weight * x
        hbb += weight * x * x
      }
      var (da, db) = (haa > 0 ? ga / haa : 0, 0.0)
      if freesSlope {
        let determinant = haa * hbb - hab * hab
        guard determinant > 1e-12 * haa * hbb else { return nil }
        da = (hbb * ga - hab * gb) / determinant
        db = (haa * gb - hab * ga) / determinant
      }
      var step = 1.0
      // Beside the best place the sum differs in its last digits alone, which are no reason to halve a step.
      let most = loss + 1e-11 * (1 + loss)
      while Self.loss(logits, answers, a - step * da, b - step * db) > most, step > 1e-12 {
        step /= 2
      }
      (a, b) = (a - step * da, b - step * db)
      loss = Self.loss(logits, answers, a, b)
      guard abs(a) < 1e6, abs(b) < limit else { return nil }
      // Of the whole step: a halved one is short wherever it is taken. What is left after it is about its square.
      if abs(da) < 1e-9 * (1 + abs(a)), abs(db) < 1e-9 * (1 + abs(b)) {
        return (a, b)
      }
    }
    return nil
  }

  private static func loss(_ logits: [Double], _ answers: [Bool], _ a: Double, _ b: Double)
    -> Double
  {
    zip(logits, answers).reduce(0) { sum, pair in
      let z = (a + b * pair.0) * (pair.1 ? -1 : 1)
      return sum + max(z, 0) + log1p(exp(-abs(z)))
    }
  }
}

/// ``CalibrationSlope`` of every class against the rest.
public struct CalibrationSlopes: Sendable, Equatable, Codable {
  /// Of each class, `[C]`.
  public let classes: [CalibrationSlope]
  /// Mean slope over the classes that have one (``CalibrationSlope/fewest`` examples in the class and as many
  /// outside it, not separated); `nil` where none has.
  public let meanSlope: Double?
  /// Mean intercept over the classes that have one.
  public let meanIntercept: Double?
  /// Mean size of the intercepts: what is promised too often and too seldom does not cancel.
  public let meanAbsoluteIntercept: Double?

  enum CodingKeys: String, CodingKey {
    case classes
    case meanSlope = "slope"
    case meanIntercept = "intercept"
    case meanAbsoluteIntercept = "intercept_size"
  }

  /// The slopes of `sample`.
  public init(_ sample: LabelledProbabilities) {
    let own = sample.classes.indices.map { index in
      CalibrationSlope(sample.column(index), sample.truths.map { $0 == index })
    }
    func mean(_ values: [Double]) -> Double? {
      values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    classes = own
    meanSlope = mean(own.compactMap(\.slope))
    meanIntercept = mean(own.compactMap(\.intercept))
    meanAbsoluteIntercept = mean(own.compactMap(\.intercept).map(abs))
  }
}
