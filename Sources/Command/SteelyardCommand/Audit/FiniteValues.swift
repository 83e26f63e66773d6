/// What a measure says of examples, without those of which it says no number.
package struct FiniteValues {
  /// The finite value of each name that has one.
  package let values: [String: Double]
  /// How many there are in all, and how many of them are not finite.
  package let (count, dropped): (Int, Int)

  /// - Parameters:
  ///   - numbers: a value of each example, `[N]`; what is not finite is left out.
  ///   - names: of the examples, `[N]`; of two alike the later one counts.
  package init(_ numbers: [Double], of names: [String]) {
    let finite = zip(names, numbers).filter { $0.1.isFinite }
    values = Dictionary(finite, uniquingKeysWith: { $1 })
    (count, dropped) = (numbers.count, numbers.count - finite.count)
  }

  /// What a person should know of those that are left out; nil where there are none.
  ///
  /// - Parameter measure: its name in the table.
  package func note(on measure: String) -> String? {
    guard dropped > 0 else { return nil }
    return "\(measure) of \(dropped) of \(count) examples is not finite, and left out"
  }
}
