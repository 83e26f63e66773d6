/// A hyper-parameter outside the range in which its method is defined.
public struct HyperparameterProblem: Error, Equatable, Sendable, CustomStringConvertible {
  /// The hyper-parameter.
  public let name: String
  /// Its value.
  public let value: Double
  /// The range, in words that continue "must be".
  public let expected: String

  /// - Parameters:
  ///   - name: the hyper-parameter.
  ///   - value: its value.
  ///   - expected: the range, in words that continue "must be".
  public init(name: String, value: Double, expected: String) {
    (self.name, self.value, self.expected) = (name, value, expected)
  }

  /// The problem of a value that is not above 0 or not finite; nil when it is.
  ///
  /// - Parameters:
  ///   - name: the hyper-parameter.
  ///   - value: its value.
  public static func unlessPositive(_ name: String, _ value: Double) -> HyperparameterProblem? {
    value > 0 && value.isFinite ? nil : .init(name: name, value: value, expected: "above 0")
  }

  /// What is wrong with which value.
  public var description: String { "\(name) must be \(expected), got \(value)" }
}
