import Foundation

/// Fused odds of some rows, fitted again and again from where the last fit ended.
struct FusedFit: Sendable {
  private let likelihood: CumulativeLikelihood?
  private let settings: FusedOdds
  /// θ at the price that was asked for last.
  private var point: [Double]
  /// θ of a relaxed fit after it.
  private var relaxed: [Double]?

  /// A λ whose price is beyond all gain.
  private static let most = 1e6
  /// How far a path falls, and with squares how far from the curvature it begins.
  private static let (fall, squaredFall, squaredStart) = (1e-2, 1e-4, 10.0)

  /// - Parameters:
  ///   - part: rows, scaled.
  ///   - settings: what is paid for.
  init(_ part: PresentGrades, _ settings: FusedOdds) {
    likelihood = part.rows.map { CumulativeLikelihood($0, isProportional: false) }
    self.settings = settings
    point = likelihood?.start ?? []
  }

  /// The model; `nil` where all rows are of one grade.
  var model: CumulativeModel? { likelihood?.model(relaxed ?? point) }

  /// Differences that are 0, and all of them.
  var fused: (zero: Int, of: Int) {
    let differences = relaxed ?? point
    return (
      differences[differencesStart...].count { $0 == 0 }, differences.count - differencesStart
    )
  }

  private var thresholds: Int { likelihood.map { $0.rows.grades - 1 } ?? 0 }
  /// Where ψ_2 begins.
  private var differencesStart: Int { thresholds + (likelihood?.rows.width ?? 0) }

  /// Values of λ, falling; the fit then stands where no difference is left.
  ///
  /// - Parameters:
  ///   - count: values, at least 2.
  ///   - look: called at every step; may throw to stop.
  mutating func path(_ count: Int, look: () throws -> Void) rethrows -> [Double] {
    guard let likelihood, let curvature = likelihood.curvature[differencesStart...].max() else {
      return [0]
    }
    var (first, fall) = (curvature * Self.squaredStart, Self.squaredFall)
    if !settings.isSquared {
      _ = try solved(Self.most, descent: AcceleratedDescent(), look: look)
      let gradient = likelihood.valueAndGradient(point).gradient
      let priced = settings.penalisesFirst ? thresholds : differencesStart
      first = gradient[priced...].map(abs).max() ?? 0
      fall = Self.fall
    }
    return (0..<count).map { first * pow(fall, Double($0) / Double(count - 1)) }
  }

  /// The minimum at λ; `nil` where all rows are of one grade.
  mutating func solved(
    _ λ: Double, descent: AcceleratedDescent, look: () throws -> Void
  ) rethrows -> AcceleratedDescent.Outcome? {
    guard let likelihood else { return nil }
    var penalty = Penalty(size: likelihood.size)
    for place in (settings.penalisesFirst ? thresholds : differencesStart)..<likelihood.size {
      if settings.isSquared { penalty.squared[place] = λ } else { penalty.absolute[place] = λ }
    }
    let end = try descent.minimum(from: point, of: likelihood, penalty, look: look)
    point = end.point
    guard settings.isRelaxed else { return end }
    var free = Penalty(size: likelihood.size)
    for place in thresholds..<likelihood.size where point[place] == 0 {
      free.absolute[place] = .infinity
    }
    relaxed = try descent.minimum(from: point, of: likelihood, free, look: look).point
    return end
  }
}
