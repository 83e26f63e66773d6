import Requirements

/// How far stated probabilities are from what came true, in 15 bins of equal width.
///
/// `Σ_b n_b/N · |mean p − part that came true|` over bins `((b−1)/15, b/15]`, once for the most
/// probable class of each example (ECE) and once for each class's own probability (class-wise ECE).
///
/// Source: Guo et al., "On calibration of modern neural networks", ICML 2017; class-wise: Kull et
/// al., "Beyond temperature scaling", NeurIPS 2019.
public struct CalibrationAccumulator: Accumulator, Equatable, Codable {
  /// Number of bins.
  public static let bins = 15

  /// The bin of a probability, `0..<bins`.
  ///
  /// - Parameter probability: 0…1; an edge belongs to the bin below it, 0 to the first.
  package static func bin(of probability: Double) -> Int {
    min(max(Int((probability * Double(bins)).rounded(.up)) - 1, 0), bins - 1)
  }

  /// What was stated and what came true in one bin.
  public struct Bin: Sendable, Equatable, Codable {
    private var stated = ExactSum.zero
    /// Examples in the bin.
    public private(set) var count = 0
    /// Those of them that came true.
    public private(set) var hits = 0

    /// Mean of the stated probabilities; `nil` in an empty bin.
    public var confidence: Double? { count == 0 ? nil : stated.value / Double(count) }

    /// Part that came true; `nil` in an empty bin.
    public var frequency: Double? { ratio(hits, count) }

    /// |Σ p − hits|.
    var gap: Double { abs(stated.value - Double(hits)) }

    mutating func add(_ probability: Double, _ isTrue: Bool) {
      stated.add(probability)
      count += 1
      hits += isTrue ? 1 : 0
    }

    mutating func merge(_ other: Bin) {
      stated.merge(other.stated)
      count += other.count
      hits += other.hits
    }
  }

  /// Number of classes `C`.
  public let classes: Int
  /// By the probability of the most probable class, `[15]`.
  public private(set) var top: [Bin]
  /// By each class's own probability, `[C, 15]` flat.
  public private(set) var each: [Bin]

  /// An empty accumulator.
  ///
  /// - Parameter classes: Number of classes, at least 1.
  /// - Precondition: `classes` is positive.
  public init(classes: Int) {
    require(classes > 0, "CalibrationAccumulator: expected at least 1 class, got \(classes)")
    self.classes = classes
    top = [Bin](repeating: Bin(), count: Self.bins)
    each = [Bin](repeating: Bin(), count: classes * Self.bins)
  }

  /// Takes in one example; only the probabilities count, and the decision where two are the largest.
  ///
  /// - Precondition: the outcome has `C` probabilities, each in 0…1.
  public mutating func add(_ outcome: Outcome) {
    let probabilities = outcome.probabilities
    require(
      probabilities.count == classes && probabilities.allSatisfy { $0 >= 0 && $0 <= 1 },
      "CalibrationAccumulator.add: expected \(classes) probabilities, got \(probabilities)")
    for (index, p) in probabilities.enumerated() {
      each[index * Self.bins + Self.bin(of: p)].add(p, index == outcome.truth)
    }
    let best = outcome.mostProbable
    let confidence = probabilities[probabilities.startIndex + best]
    top[Self.bin(of: confidence)].add(confidence, best == outcome.truth)
  }

  /// Takes in the examples of another accumulator.
  ///
  /// - Precondition: both tallies have the same number of classes.
  public mutating func merge(_ other: CalibrationAccumulator) {
    require(
      classes == other.classes,
      "CalibrationAccumulator.merge: expected \(classes) classes, got \(other.classes)")
    for index in top.indices { top[index].merge(other.top[index]) }
    for index in each.indices { each[index].merge(other.each[index]) }
  }

  /// The errors.
  public var value: CalibrationErrors {
    CalibrationErrors(
      top: Self.error(of: top[...]),
      classes: (0..<classes).map { Self.error(of: each[$0 * Self.bins..<($0 + 1) * Self.bins]) })
  }

  private static func error(of bins: ArraySlice<Bin>) -> Double? {
    let count = bins.reduce(0) { $0 + $1.count }
    return count == 0 ? nil : bins.reduce(0) { $0 + $1.gap } / Double(count)
  }
}

/// Expected calibration errors, 0…1; `nil` without examples.
public struct CalibrationErrors: Sendable, Equatable {
  /// Of the most probable class.
  public let top: Double?
  /// Of each class's own probability, `[C]`.
  public let classes: [Double?]
}
