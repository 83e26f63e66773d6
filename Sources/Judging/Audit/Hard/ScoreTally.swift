/// What is counted of the values of one example, in the order in which they were taken down.
package struct ScoreTally: Sendable, Equatable {
  private var sum = 0.0
  private var last = 0.0
  /// Values there were.
  package private(set) var count = 0
  /// Steps from above 0 to 0.
  package private(set) var falls = 0
  /// Whether any value was above 0.
  package private(set) var isEverAboveZero = false

  /// A tally of nothing.
  package init() {}

  /// The mean of the values; nil without any.
  package var mean: Double? { count == 0 ? nil : sum / Double(count) }

  /// Takes the next value.
  package mutating func add(_ value: Double) {
    sum += value
    count += 1
    if last > 0, value <= 0 { falls += 1 }
    if value > 0 { isEverAboveZero = true }
    last = value
  }
}
