public import Evaluation
import Requirements

/// How often examples would be flagged if the classes were as common as a prevalence says: Σ_c π_c r_c, with
/// `r_c` the rate among the examples of class c. The interval joins Wilson's of each class (MOVER).
public struct WeightedRate: Sendable, Equatable, Codable {
  /// Σ_c π_c r_c; `nil` where a class of the prevalence has no example.
  public let value: Double?
  /// Its interval; `nil` where the value is.
  public let interval: Interval?

  /// The rate of flags.
  ///
  /// - Parameters:
  ///   - flags: Whether each example is flagged, `[N]`.
  ///   - truths: True classes, `[N]`, in `0..<C`.
  ///   - prevalence: π, `[C]`, summing to 1.
  ///   - level: Coverage of the interval, between 0 and 1.
  /// - Precondition: the lengths agree.
  public init(_ flags: [Bool], truths: [Int], prevalence: [Double], level: Double = 0.95) {
    require(
      flags.count == truths.count,
      "WeightedRate: expected \(truths.count) flags, got \(flags.count)")
    var counts = [(hits: Int, all: Int)](repeating: (0, 0), count: prevalence.count)
    for (flag, truth) in zip(flags, truths) {
      counts[truth].all += 1
      counts[truth].hits += flag ? 1 : 0
    }
    let expected = prevalence.indices.filter { prevalence[$0] > 0 }
    guard expected.allSatisfy({ counts[$0].all > 0 }) else {
      (value, interval) = (nil, nil)
      return
    }
    let sum = Estimated(
      sum: expected.map {
        (prevalence[$0], Estimated(counts[$0].hits, of: counts[$0].all, level: level))
      })
    value = sum.value
    interval = Interval(low: max(0, sum.low), high: min(1, sum.high), level: level)
  }

  enum CodingKeys: String, CodingKey { case value, interval }

  /// Writes every key; an undefined value as `null`.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(value, forKey: .value)
    try container.encode(interval, forKey: .interval)
  }
}
