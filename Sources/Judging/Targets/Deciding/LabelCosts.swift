/// What mistakes about one label cost, in any unit; what is right costs nothing.
///
/// The label is said to be there where that is expected to cost less: with the probability p, where `(1 − p) f ≤ p m`, so from
/// `p = f / (f + m)` on, with m the cost of a miss and f that of a false alarm.
///
/// Source: Elkan, "The foundations of cost-sensitive learning", IJCAI 2001.
public struct LabelCosts: Sendable, Equatable {
  /// m, of an example that has the label and is said not to, above 0.
  public let miss: Double
  /// f, of one that has it not and is said to, above 0.
  public let falseAlarm: Double

  /// - Parameters:
  ///   - miss: m.
  ///   - falseAlarm: f.
  /// - Returns: `nil` unless both are finite and above 0.
  public init?(miss: Double, falseAlarm: Double) {
    guard miss > 0, falseAlarm > 0, miss.isFinite, falseAlarm.isFinite else { return nil }
    (self.miss, self.falseAlarm) = (miss, falseAlarm)
  }

  /// f / (f + m), written so that no sum overflows.
  public var threshold: Double { 1 / (1 + miss / falseAlarm) }

  /// The costs of `not LABEL` and `LABEL`, rows the truth, as a matrix of two classes.
  var matrix: [[Double]] { [[0, falseAlarm], [miss, 0]] }
}
