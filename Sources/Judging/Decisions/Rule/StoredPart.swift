/// A part of a stored rule while it is read: whoever wrote it, its numbers are those that a rule can have, or it is refused
/// with the part, what is expected, and what was found.
struct StoredPart {
  /// Largest number to scale or shift log-probabilities by: far beyond any fit, and no sum of them overflows.
  static let largest = 1e9

  private let name: String

  init(_ name: String) { self.name = name }

  /// Whether a number is a probability, up to the rounding of files that others write.
  static func isShare(_ value: Double) -> Bool { value >= -0.01 && value <= 1.01 }

  /// Refuses what does not hold.
  ///
  /// - Throws: `DecisionRuleError.badPart`.
  func check(
    _ holds: Bool, _ expected: @autoclosure () -> String, found: @autoclosure () -> Any
  ) throws(DecisionRuleError) {
    if !holds { throw .badPart(name, reason: "expected \(expected()), got \(found())") }
  }

  /// Refuses another number of values, and values of a size above ``largest``.
  ///
  /// - Throws: `DecisionRuleError.badPart`.
  func check(_ values: [Double], count: Int) throws(DecisionRuleError) {
    try check(values.count == count, "\(count) numbers", found: values.count)
    for value in values {
      try check(abs(value) <= Self.largest, "numbers of a size up to 1e9", found: value)
    }
  }

  /// What the throwing initialiser of a part makes of it.
  ///
  /// - Throws: `DecisionRuleError.badPart` with the reason of the initialiser.
  func checked<Value, Fault: Error>(
    _ make: () throws(Fault) -> Value
  ) throws(DecisionRuleError) -> Value {
    do throws(Fault) { return try make() } catch { throw .badPart(name, reason: "\(error)") }
  }
}
