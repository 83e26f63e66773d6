import Requirements

/// Labels of a few rows, proposed for the rows around them: to be looked at in bulk, never taken as true.
///
/// A cluster has the label that most of its labelled rows have, where that is the asked share of them. Each labelled cluster
/// proposes its label to its own other rows and to the m unlabelled clusters whose centres are nearest; an unlabelled cluster
/// takes the proposal from nearest by. A cluster whose labelled rows disagree gets none.
public struct SeedSpread: Sendable, Equatable {
  /// A label for a cluster.
  public struct Proposal: Sendable, Equatable {
    /// The label.
    public let label: String
    /// Place of the labelled cluster that it is from.
    public let source: Int
    /// Distance of the two centres; 0 of the cluster itself.
    public let distance: Double
  }

  /// What is proposed for the rows of each cluster, `[clusters]`.
  public let proposals: [Proposal?]

  /// - Parameters:
  ///   - clusters: of all groups.
  ///   - labels: class of each row, `[N]`; nil where it is not known.
  ///   - reach: m, at least 0.
  ///   - purity: share of the labelled rows that one label must have, above 0.5 and up to 1.
  /// - Precondition: there is a label, or nil, for each row.
  public init(
    _ clusters: GroupClusters, labels: [String?], reach: Int, purity: Double = 0.8
  ) {
    require(
      labels.count == clusters.places.count,
      "SeedSpread: expected \(clusters.places.count) labels, got \(labels.count)")
    let all = clusters.clusters
    let counts = all.map { cluster in
      cluster.rows.reduce(into: [String: Int]()) { counts, row in
        if let label = labels[row] { counts[label, default: 0] += 1 }
      }
    }
    var proposals = counts.enumerated().map { place, counts -> Proposal? in
      let known = counts.values.reduce(0, +)
      guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
        // A share such as 14 of 25 is 0.56, whatever its product rounds to.
        Double(most.value) >= purity * Double(known) - 1e-9
      else { return nil }
      return Proposal(label: most.key, source: place, distance: 0)
    }
    let seeds = proposals
    let open = all.indices.filter { counts[$0].isEmpty }
    for (place, seed) in seeds.enumerated() {
      guard let seed else { continue }
      let near = open.map { (place: $0, distance: Self.distance(all[place], all[$0])) }
        .sorted { $0.distance == $1.distance ? $0.place < $1.place : $0.distance < $1.distance }
      for one in near.prefix(reach) {
        if let there = proposals[one.place], there.distance <= one.distance { continue }
        proposals[one.place] = Proposal(label: seed.label, source: place, distance: one.distance)
      }
    }
    self.proposals = proposals
  }

  private static func distance(
    _ a: GroupClusters.Cluster, _ b: GroupClusters.Cluster
  ) -> Double {
    zip(a.centre, b.centre).reduce(0) { sum, pair in
      let move = Double(pair.0) - Double(pair.1)
      return sum + move * move
    }.squareRoot()
  }
}
