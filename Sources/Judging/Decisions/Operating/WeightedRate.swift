public import Evaluation
import Requirements

/// How often examples would be flagged if the classes were as common as a prevalence says: Σ_c π_c r_c, with
/// `r_c` the rate among the examples of class c. The interval joins Wilson's of each class (MOVER), of
/// as many independent examples as the groups are worth.
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
  ///   - groups: What belongs together, `[N]`; `nil` takes all as independent.
  ///   - level: Coverage of the interval, between 0 and 1.
  /// - Precondition: the lengths agree.
  public init(
    _ flags: [Bool], truths: [Int], prevalence: [Double], groups: [String]? = nil,
    level: Double = 0.95
  ) {
    require(
      flags.count == truths.count && groups?.count ?? flags.count == flags.count,
      "WeightedRate: expected \(truths.count) flags and groups, got \(flags.count) and"
        + " \(groups?.count ?? truths.count)")
    var rows = [[Int]](repeating: [], count: prevalence.count)
    for (row, truth) in truths.enumerated() { rows[truth].append(row) }
    let expected = prevalence.indices.filter { prevalence[$0] > 0 }
    guard expected.allSatisfy({ !rows[$0].isEmpty }) else {
      (value, interval) = (nil, nil)
      return
    }
    let sum = Estimated(
      sum: expected.map { index in
        let own = rows[index]
        let part = Estimated(
          own.map { flags[$0] }, groups: groups.map { all in own.map { all[$0] } }, level: level)
        return (prevalence[index], part)
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
