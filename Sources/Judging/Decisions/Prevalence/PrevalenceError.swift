/// What can be wrong with a prevalence that is given or is to be estimated.
public enum PrevalenceError: Error, Equatable, CustomStringConvertible {
  /// There are more or fewer values than classes.
  case wrongCount(Int, classes: [String])
  /// A value is negative or not a number.
  case notAShare(String, value: String)
  /// The values do not sum to 1.
  case badSum(Double)
  /// A class wanted at the target had no share at the source.
  case noSource(String, target: Double)
  /// There are no examples to estimate from.
  case noExamples
  /// The confusion matrix has no inverse.
  case singular(condition: Double, absent: [String], neverPredicted: [String])

  /// The mistake in English.
  public var description: String {
    switch self {
    case .wrongCount(let count, let classes):
      return "got \(count) prevalences for \(classes.count) classes (\(listed(classes))); "
        + "give one for each class"
    case .notAShare(let name, let value):
      return "the prevalence of '\(name)' is \(value); expected a number from 0 to 1"
    case .badSum(let sum):
      return "expected prevalences that sum to 1, got a sum of \(sum)"
    case .noSource(let name, let target):
      return "class '\(name)' has no example where the probabilities come from, so they cannot be "
        + "carried over to a prevalence of \(target); give it 0, or use data that has the class"
    case .noExamples:
      return "a prevalence cannot be estimated from no predictions; give at least one"
    case .singular(let condition, let absent, let neverPredicted):
      let causes =
        [
          absent.isEmpty ? nil : "no validation example of \(listed(absent))",
          neverPredicted.isEmpty ? nil : "never decided for \(listed(neverPredicted))",
        ].compactMap { $0 }
      return
        "the confusion matrix on validation has no usable inverse (condition number \(condition)"
        + causes.map { "; \($0)" }.joined()
        + "), so it does not determine the prevalence; use the EM estimate, or a better model"
    }
  }

  private func listed(_ names: [String]) -> String {
    names.map { "'\($0)'" }.joined(separator: ", ")
  }
}

/// A checked distribution over classes: finite, not negative, and summing to exactly what rounding
/// allows.
///
/// - Throws: `PrevalenceError` saying which value is wrong.
func checkedShares(
  _ values: [Double], classes: [String]
) throws(PrevalenceError) -> [Double] {
  guard values.count == classes.count else { throw .wrongCount(values.count, classes: classes) }
  for (name, value) in zip(classes, values) where !(value >= 0 && value <= 1) {
    throw .notAShare(name, value: "\(value)")
  }
  let sum = values.reduce(0, +)
  guard abs(sum - 1) <= 0.001 else { throw .badSum(sum) }
  return values.map { $0 / sum }
}
