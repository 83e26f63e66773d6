/// A hyper-parameter outside the range in which its method is defined.
public struct HyperparameterProblem: Error, Equatable, Sendable, CustomStringConvertible {
  /// The hyper-parameter.
  public let name: String
  /// Its value, as it is shown.
  public let value: String
  /// The range, in words that continue "must be".
  public let expected: String

  /// - Parameters:
  ///   - name: the hyper-parameter.
  ///   - value: its value.
  ///   - expected: the range, in words that continue "must be".
  public init(name: String, value: Double, expected: String) {
    (self.name, self.value, self.expected) = (name, "\(value)", expected)
  }

  /// - Parameters:
  ///   - name: the hyper-parameter.
  ///   - word: its value.
  ///   - expected: the range, in words that continue "must be".
  public init(name: String, word: String, expected: String) {
    (self.name, value, self.expected) = (name, "'\(word)'", expected)
  }

  /// The problem of a word that is none of a list; nil when it is one.
  ///
  /// - Parameters:
  ///   - words: what is allowed, at least one.
  ///   - name: the hyper-parameter.
  ///   - word: its value.
  public static func unlessOne(
    of words: [String], _ name: String, _ word: String
  ) -> HyperparameterProblem? {
    words.contains(word)
      ? nil : .init(name: name, word: word, expected: words.joined(separator: " or "))
  }

  /// The problem of a value that is not above 0 or not finite; nil when it is.
  ///
  /// - Parameters:
  ///   - name: the hyper-parameter.
  ///   - value: its value.
  public static func unlessPositive(_ name: String, _ value: Double) -> HyperparameterProblem? {
    value > 0 && value.isFinite ? nil : .init(name: name, value: value, expected: "above 0")
  }

  /// The problem of a value below 0 or not finite; nil when it is neither.
  ///
  /// - Parameters:
  ///   - name: the hyper-parameter.
  ///   - value: its value.
  public static func unlessNonNegative(
    _ name: String, _ value: Double
  ) -> HyperparameterProblem? {
    value >= 0 && value.isFinite
      ? nil : .init(name: name, value: value, expected: "at least 0")
  }

  /// The problem of a value that is no part of a whole; nil when it lies above 0 and below 1.
  ///
  /// - Parameters:
  ///   - name: the hyper-parameter.
  ///   - value: its value.
  public static func unlessProperFraction(
    _ name: String, _ value: Double
  ) -> HyperparameterProblem? {
    0 < value && value < 1
      ? nil : .init(name: name, value: value, expected: "above 0 and below 1")
  }

  /// The problem of a value outside `0..<1`, or `0...1`; nil when it lies in it.
  ///
  /// - Parameters:
  ///   - name: the hyper-parameter.
  ///   - value: its value.
  ///   - closed: whether 1 is allowed.
  public static func unlessUnit(
    _ name: String, _ value: Double, closed: Bool
  ) -> HyperparameterProblem? {
    value >= 0 && (closed ? value <= 1 : value < 1)
      ? nil
      : .init(
        name: name, value: value,
        expected: closed ? "at least 0 and at most 1" : "at least 0 and below 1")
  }

  /// What is wrong with which value.
  public var description: String { "\(name) must be \(expected), got \(value)" }
}
