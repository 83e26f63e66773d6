import Foundation
import Requirements

extension Method {
  /// The hyper-parameters of this value, by name.
  ///
  /// - Precondition: the method's properties are flags, finite numbers and words.
  public var hyperparameters: [String: Hyperparameter] {
    // A method is a flat struct of flags, numbers and words by definition.
    guard let bytes = try? JSONEncoder().encode(self),
      let fields = try? JSONDecoder().decode([String: Hyperparameter].self, from: bytes)
    else {
      requirementFailed("\(Self.self): expected flags, numbers and words only, got \(self)")
    }
    return fields
  }

  /// The published defaults with some hyper-parameters replaced.
  ///
  ///     let method = try BalancedMixupTraining.with(["alpha": "0.1"])
  ///
  /// - Parameter overrides: values as typed on a command line, by name.
  /// - Throws: `OverrideError` for an unknown name, a value of another type, or one out of range.
  public static func with(_ overrides: [String: String]) throws(OverrideError) -> Self {
    var fields = Self().hyperparameters
    var method = Self()
    for (key, text) in overrides.sorted(by: { $0.key < $1.key }) {
      guard let field = fields[key] else {
        throw .unknown(key, method: name, known: fields.keys.sorted())
      }
      guard let value = field.reading(text) else {
        throw .badValue(text, for: key, method: name, expected: field.expected)
      }
      fields[key] = value
      // JSON has one kind of number; a fraction for an `Int` field shows here.
      guard let changed = try? decoded(fields) else {
        throw .badValue(text, for: key, method: name, expected: "a whole number")
      }
      method = changed
    }
    guard method.problems.isEmpty else {
      throw .outOfRange(method.problems, method: name)
    }
    return method
  }

  private static func decoded(_ fields: [String: Hyperparameter]) throws -> Self {
    try JSONDecoder().decode(Self.self, from: JSONEncoder().encode(fields))
  }
}
