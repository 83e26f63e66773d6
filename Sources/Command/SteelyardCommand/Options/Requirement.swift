/// A condition on the value of an option, with its words for messages.
package struct Requirement<Value>: Sendable {
  package var expectation: String
  package var isMet: @Sendable (Value) -> Bool

  package init(_ expectation: String, isMet: @escaping @Sendable (Value) -> Bool) {
    (self.expectation, self.isMet) = (expectation, isMet)
  }

  /// No condition.
  package static var any: Requirement { Requirement("any value") { _ in true } }

  /// The condition on a value that may be absent; absent is fine.
  package static func optional<Wrapped>(_ base: Requirement<Wrapped>) -> Requirement
  where Value == Wrapped? {
    Requirement(base.expectation) { $0.map(base.isMet) ?? true }
  }
}

extension Requirement where Value == Int {
  package static func atLeast(_ least: Int) -> Requirement {
    Requirement("a whole number of at least \(least)") { $0 >= least }
  }
}

extension Requirement where Value == Double {
  package static var positive: Requirement {
    Requirement("a number above 0") { $0 > 0 && $0.isFinite }
  }
  package static var nonNegative: Requirement {
    Requirement("a number of at least 0") { $0 >= 0 && $0.isFinite }
  }
  package static var aboveOne: Requirement {
    Requirement("a number above 1") { $0 > 1 && $0.isFinite }
  }
  package static var properFraction: Requirement {
    Requirement("a number above 0 and below 1") { 0 < $0 && $0 < 1 }
  }
  package static var fraction: Requirement {
    Requirement("a number from 0 to below 1") { (0..<1).contains($0) }
  }
}
