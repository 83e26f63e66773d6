import Evaluation
import Foundation
import Requirements

/// What belongs together, by number.
struct CalibrationUnits: Sendable {
  /// Unit of each row, `[N]`.
  let numbers: [Int]
  /// Number of units.
  let count: Int
  /// Effective number of units, `(Σ n_g)² / Σ n_g²` of their sizes: their number where all are of one size, fewer where
  /// some have most of the rows; 0 without rows.
  let effective: Double
  /// Whether some unit has several rows.
  var areGroups: Bool { count < numbers.count }

  /// - Parameter groups: Of each row, `[N]`; an empty one stands for itself.
  init(_ groups: [String]) {
    var (places, next): ([String: Int], Int) = ([:], 0)
    numbers = groups.map { group in
      if !group.isEmpty, let place = places[group] { return place }
      if !group.isEmpty { places[group] = next }
      next += 1
      return next - 1
    }
    count = next
    var sizes = [Double](repeating: 0, count: count)
    for number in numbers { sizes[number] += 1 }
    let squares = sizes.reduce(0) { $0 + $1 * $1 }
    effective = squares == 0 ? 0 : Double(numbers.count * numbers.count) / squares
  }

  /// Each row by itself.
  init(rows: Int) { (numbers, count, effective) = (Array(0..<rows), rows, Double(rows)) }
}

/// Slope and intercept of one class, and what they rest on.
struct CalibrationFit {
  private let curve: LogisticCurve
  /// Groups; `nil` where rows are independent.
  private let groups: CalibrationUnits?
  private let rarer: Int
  /// `(a, b)` with the slope free.
  let free: (a: Double, b: Double)?
  /// `a` with the slope held at 1.
  let held: Double?

  init(
    _ probabilities: [Double], _ answers: [Bool], _ units: CalibrationUnits?
  ) {
    require(
      probabilities.count == answers.count
        && units?.numbers.count ?? answers.count == answers.count,
      "CalibrationSlope: expected \(probabilities.count) answers and as many groups, got "
        + "\(answers.count) and \(units?.numbers.count ?? answers.count)")
    let logits = probabilities.map { p in
      let held = min(max(p, 0x1p-24), 1 - 0x1p-24)
      return log(held / (1 - held))
    }
    curve = LogisticCurve(logits: logits, answers: answers)
    groups = units.flatMap { $0.areGroups ? $0 : nil }
    let trues = answers.count { $0 }
    rarer = min(trues, answers.count - trues)
    held = rarer == 0 ? nil : curve.fitted(freesSlope: false)?.a
    free =
      rarer < CalibrationSlope.fewest || curve.isSeparated ? nil : curve.fitted(freesSlope: true)
  }

  /// How intervals are made.
  var method: MetricInterval.Method {
    groups != nil ? .jackknife : rarer < LogisticCurve.enough ? .profile : .wald
  }

  /// The interval of the slope.
  func slopeInterval(_ level: Double?) -> Interval? {
    guard let level, let free else { return nil }
    guard let groups else { return curve.slopeInterval(free, level: level) }
    return ofGroups(groups, free.b, slopeInfluences(groups), level)
  }

  /// The interval of the intercept.
  func interceptInterval(_ level: Double?) -> Interval? {
    guard let level, let held, rarer >= CalibrationSlope.fewest else { return nil }
    guard let groups else { return curve.interceptInterval(held, level: level) }
    return ofGroups(groups, held, interceptInfluences(groups), level)
  }

  /// What each unit moves the slope by, `[G]`.
  func slopeInfluences(_ units: CalibrationUnits) -> [Double]? {
    free.flatMap {
      curve.influences($0, units: units.numbers, count: units.count, freesSlope: true)?.map(\.b)
    }
  }

  /// What each unit moves the intercept by, `[G]`.
  func interceptInfluences(_ units: CalibrationUnits) -> [Double]? {
    held.flatMap {
      curve.influences(($0, 1), units: units.numbers, count: units.count, freesSlope: false)?
        .map(\.a)
    }
  }

  private func ofGroups(
    _ groups: CalibrationUnits, _ value: Double, _ influences: [Double]?, _ level: Double
  ) -> Interval? {
    guard groups.count >= Replicates.fewestUnits, let influences else { return nil }
    return jackknifeInterval(value, influences, effective: groups.effective, level: level)
  }
}
