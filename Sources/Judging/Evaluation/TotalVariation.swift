/// How differently two sets are mixed: half the summed difference of the classes' shares, 0 for the same
/// mixture and 1 for sets without a common class; `nil` where a set is empty.
///
/// - Parameters:
///   - first: Examples of each class, `[C]`.
///   - second: Examples of each class, `[C]`.
package func totalVariation(_ first: [Int], _ second: [Int]) -> Double? {
  let (one, other) = (first.reduce(0, +), second.reduce(0, +))
  guard one > 0, other > 0 else { return nil }
  return zip(first, second).reduce(0) {
    $0 + abs(Double($1.0) / Double(one) - Double($1.1) / Double(other))
  } / 2
}
