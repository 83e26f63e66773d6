/// What the value of an option may be, with the words for messages.
package struct ValueRange<Value>: Sendable {
  package var expectation: String
  package var isMet: @Sendable (Value) -> Bool

  package init(_ expectation: String, isMet: @escaping @Sendable (Value) -> Bool) {
    (self.expectation, self.isMet) = (expectation, isMet)
  }

  /// No condition.
  package static var any: ValueRange { ValueRange("any value") { _ in true } }

  /// The condition on a value that may be absent; absent is fine.
  package static func optional<Wrapped>(_ base: ValueRange<Wrapped>) -> ValueRange
  where Value == Wrapped? {
    ValueRange(base.expectation) { $0.map(base.isMet) ?? true }
  }
}

extension ValueRange where Value == Int {
  /// The largest count of anything here: what multiplies it stays within 64 bits.
  package static let most = 1_000_000_000

  /// A whole number of at least `least`, and at most `greatest`.
  package static func atLeast(_ least: Int, most greatest: Int = most) -> ValueRange {
    ValueRange(
      greatest == .max
        ? "a whole number of at least \(least)" : "a whole number from \(least) to \(greatest)"
    ) { (least...greatest).contains($0) }
  }
}

extension ValueRange where Value == Int {
  /// A power of two within limits.
  package static func powerOfTwo(from least: Int, to most: Int) -> ValueRange {
    ValueRange("a power of two from \(least) to \(most)") {
      (least...most).contains($0) && $0 & ($0 - 1) == 0
    }
  }
}

extension ValueRange where Value == String {
  /// The name of one folder, which cannot lead out of the one above it.
  package static var folderName: ValueRange {
    ValueRange("the name of one folder, of up to 200 bytes, without / and not . or ..") { name in
      !["", ".", ".."].contains(name) && name.utf8.count <= 200
        && name.unicodeScalars.allSatisfy { $0 != "/" && $0.value >= 0x20 && $0.value != 0x7F }
    }
  }
}

extension ValueRange where Value == Double {
  package static var positive: ValueRange {
    ValueRange("a number above 0") { $0 > 0 && $0.isFinite }
  }
  package static var nonNegative: ValueRange {
    ValueRange("a number of at least 0") { $0 >= 0 && $0.isFinite }
  }
  package static var aboveOne: ValueRange {
    ValueRange("a number above 1") { $0 > 1 && $0.isFinite }
  }
  package static var cap: ValueRange {
    ValueRange("a number from 1 to 1000000") { (1...1_000_000).contains($0) }
  }
  package static var properFraction: ValueRange {
    ValueRange("a number above 0 and below 1") { 0 < $0 && $0 < 1 }
  }
  package static var positiveFraction: ValueRange {
    ValueRange("a number above 0 and up to 1") { 0 < $0 && $0 <= 1 }
  }
  package static var fraction: ValueRange {
    ValueRange("a number from 0 to below 1") { (0..<1).contains($0) }
  }
}
