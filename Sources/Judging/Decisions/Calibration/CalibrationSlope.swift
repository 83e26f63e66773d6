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
  /// b; `nil` where no finite slope is best: all answers alike, all probabilities alike, or answers that the
  /// probabilities separate.
  public let slope: Double?
  /// a; `nil` where all answers are alike.
  public let intercept: Double?

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
    let free = Set(logits).count > 1 ? Self.fitted(logits, answers, freesSlope: true) : nil
    slope = free.flatMap { abs($0.b) < Self.limit ? $0.b : nil }
  }

  /// Newton's method with halved steps; `nil` where it does not settle.
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
      while Self.loss(logits, answers, a - step * da, b - step * db) > loss, step > 1e-12 {
        step /= 2
      }
      (a, b) = (a - step * da, b - step * db)
      loss = Self.loss(logits, answers, a, b)
      guard abs(a) < 1e6, abs(b) < limit else { return nil }
      if abs(step * da) < 1e-11 * (1 + abs(a)), abs(step * db) < 1e-11 * (1 + abs(b)) {
        return (a, b)
      }
    }
    // Answers that the probabilities separate: the slope grows without end.
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
  /// Mean slope over the classes that have one; `nil` where none has.
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
