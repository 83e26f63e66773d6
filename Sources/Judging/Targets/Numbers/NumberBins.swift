import Requirements

/// Ranges of a number, the last one with its upper end: `[c₀, c₁), [c₁, c₂), …, [c_{B−1}, c_B]`.
public struct NumberBins: Sendable, Equatable, Codable {
  /// Ends of the bins, `[B + 1]`, ascending.
  public let edges: [Double]

  /// Bins between given ends.
  ///
  /// - Parameter edges: Ascending, at least two, `[B + 1]`.
  /// - Returns: `nil` where they are not.
  public init?(edges: [Double]) {
    guard edges.count > 1, edges.allSatisfy(\.isFinite),
      zip(edges, edges.dropFirst()).allSatisfy(<)
    else { return nil }
    self.edges = edges
  }

  /// Bins of equal width from the least to the greatest number, so that rare ends have bins of their own.
  ///
  /// - Parameters:
  ///   - numbers: At least one, `[N]`.
  ///   - count: Number of bins, at least 1; one where all numbers are the same.
  /// - Precondition: there are numbers, and `count` is positive.
  public init(of numbers: [Double], count: Int = 5) {
    require(
      !numbers.isEmpty && count > 0,
      "NumberBins: expected numbers and at least 1 bin, got \(numbers.count) and \(count)")
    let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
    let width = (high - low) / Double(count)
    let inner = (0..<count).map { low + width * Double($0) }
    let ascending = NumberBins(edges: inner + [high])
    edges = ascending?.edges ?? [low, high]
  }

  /// Number of bins `B`.
  public var count: Int { edges.count - 1 }

  /// The bin of a number; what lies beyond the ends is in the first or the last.
  public func place(_ number: Double) -> Int {
    max(0, min(count - 1, edges.dropFirst().prefix(count - 1).count { $0 <= number }))
  }
}
