/// What neighbours say of a set of labels, in numbers.
public struct NeighbourSummary: Codable, Sendable, Equatable {
  /// k, the example itself among them.
  public var neighbours: Int
  /// Labels that neighbours outvote.
  public var outvoted: Int
  /// Labels that rank low within their class.
  public var lowRanked: Int
  /// By how many standard deviations labels go with those of neighbours.
  public var structure: Double?
  /// P(given | true), by neighbours, `[C][C]`.
  public var transition: [[Double]]
  /// Shares of the true classes, by neighbours.
  public var prior: [String: Double]

  private enum CodingKeys: String, CodingKey {
    case neighbours, outvoted, structure, transition, prior
    case lowRanked = "low_ranked"
  }
}

extension SimiFeat {
  /// In numbers.
  func summary(_ classes: [String]) -> NeighbourSummary {
    let width = classes.count
    return NeighbourSummary(
      neighbours: neighbours, outvoted: isOutvoted.count { $0 },
      lowRanked: isLowRanked.count { $0 },
      structure: structure.z,
      transition: (0..<width).map { Array(noise.transition[$0 * width..<($0 + 1) * width]) },
      prior: Dictionary(zip(classes, noise.prior)) { $1 })
  }
}
