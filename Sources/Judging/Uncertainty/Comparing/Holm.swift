/// p-values of several tests, adjusted so that the chance of any false alarm stays below the level.
///
/// With `p₍₁₎ ≤ … ≤ p₍ₘ₎`: `p̃₍ᵢ₎ = max over j ≤ i of min(1, (m − j + 1) p₍ⱼ₎)`. It needs no assumption about
/// how the tests depend on each other, and is never weaker than Bonferroni's.
///
/// Source: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
/// Statistics 6, 1979.
///
/// - Parameter pValues: One for each test, 0…1, `[m]`; `nil` where a test is undefined. Those are not
///   counted in `m`.
/// - Returns: Adjusted p-values in the same order and number, `nil` where undefined.
public func holmAdjusted(_ pValues: [Double?]) -> [Double?] {
  let defined = pValues.indices.compactMap { index in pValues[index].map { (index, $0) } }
    .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
  var adjusted = [Double?](repeating: nil, count: pValues.count)
  var largest = 0.0
  for (place, (index, p)) in defined.enumerated() {
    largest = max(largest, min(1, Double(defined.count - place) * p))
    adjusted[index] = largest
  }
  return adjusted
}
