public import Audit
public import Randomness

/// A diverse set of rows, chosen without labels: scaled features, principal components, clusters of each group, and rows from
/// near and far of every centre.
///
/// Source: STARC-9 with its DeepCluster++, NeurIPS 2025 (datasets and benchmarks).
/// Departs from the paper: one scaling and one set of components for all groups, so that clusters of different groups can be
/// compared and groups smaller than the number of components need not be left out; near copies and caps on patients; features
/// come from any encoder.
public struct Curation: Sendable {
  /// What was chosen from.
  public let rows: CurationRows
  /// How.
  public let settings: CurationSettings
  /// Columns of the features that never change.
  public let constantFeatures: Int
  /// Share of all variance that the components keep.
  public let varianceKept: Double
  /// Variance along the first components, as shares of all variance, `[K]`: two, or one where there
  /// is one.
  public let firstShares: [Double]
  /// First and second component of each row, `[N, 2]`.
  public let plane: [SIMD2<Float>]
  /// Clusters of each group.
  public let clusters: GroupClusters
  /// Rows that are all but the same, in all groups.
  public let copies: FeatureCopies
  /// Labels proposed for clusters.
  public let spread: SeedSpread
  /// Seconds that each part took, in their order.
  public let timings: [(part: String, seconds: Double)]
  /// Bin of each row by distance to its centre, from 1, `[N]`; nil of a near copy, and of a row that was left out.
  public let bins: [Int?]
  private let outcomes: [BinDraw.Outcome]

  /// Chooses.
  ///
  /// - Parameters:
  ///   - rows: what is chosen from.
  ///   - settings: how.
  ///   - key: of all draws.
  ///   - threads: how many threads work; the result is the same for any number.
  ///   - products: who multiplies.
  /// - Throws: ``CurationError``.
  public init(
    _ rows: CurationRows, settings: CurationSettings = CurationSettings(), key: RandomKey,
    threads: Int = 1, products: some RowProducts
  ) throws {
    try settings.check()
    var timings: [(part: String, seconds: Double)] = []
    func timed<R>(_ part: String, _ body: () throws -> R) rethrows -> R {
      let clock = ContinuousClock()
      let start = clock.now
      let result = try body()
      timings.append((part, (clock.now - start) / .seconds(1)))
      return result
    }
    let (table, width) = (rows.table, rows.table.width)
    let (scaler, scaled) = try timed("scaling") {
      let scaler = try StandardScaler(table)
      return (scaler, scaler.scaled(table))
    }
    let pca = try timed("components") {
      try PCA(
        scaled, width: width,
        count: min(settings.components, PCA.most(rows: table.count, features: width)),
        products: products)
    }
    clusters = try timed("clusters") {
      try GroupClusters(
        pca.scores, width: pca.count, groups: rows.groups, count: settings.clusters,
        least: settings.leastGroup, key: key, products: products)
    }
    copies = try timed("near copies") {
      guard let distance = settings.copyDistance else { return FeatureCopies(none: table.count) }
      return try FeatureCopies(
        scaled, width: width, within: distance, threads: threads, products: products)
    }
    let draw = timed("draw") { [clusters, copies] in
      BinDraw(clusters, rows, copies, settings, key: key)
    }
    spread = SeedSpread(
      clusters, labels: rows.labels, reach: settings.spread, purity: settings.purity)
    (self.rows, self.settings, self.timings) = (rows, settings, timings)
    (outcomes, bins) = (draw.outcomes, draw.bins)
    (constantFeatures, varianceKept) = (scaler.constant, pca.kept)
    firstShares = pca.variances.prefix(2).map { pca.total > 0 ? $0 / pca.total : 0 }
    plane = (0..<table.count).map { row in
      SIMD2(pca.scores[row * pca.count], pca.count > 1 ? pca.scores[row * pca.count + 1] : 0)
    }
  }

  /// Rows that were chosen, in their order.
  public var selected: [Int] { outcomes.indices.filter { outcomes[$0] == .taken } }

  /// Whether a row was chosen.
  public func isSelected(_ row: Int) -> Bool { outcomes[row] == .taken }

  /// The cluster of a row; nil where its group was left out.
  public func cluster(of row: Int) -> GroupClusters.Cluster? {
    clusters.places[row].map { clusters.clusters[$0] }
  }

  /// The label proposed for a row that has none.
  public func proposal(for row: Int) -> SeedSpread.Proposal? {
    guard rows.labels[row] == nil, let place = clusters.places[row] else { return nil }
    return spread.proposals[place]
  }

  /// Why a row was chosen or not, in words.
  public func why(_ row: Int) -> String {
    switch outcomes[row] {
    case .taken, .notDrawn:
      guard let cluster = cluster(of: row), let bin = bins[row] else { return "" }
      let place = "bin \(bin) of cluster \(cluster.name)"
      return outcomes[row] == .taken ? place : "not drawn from \(place)"
    case .cap: return "patient \(rows.patients[row] ?? "") has enough"
    case .copy(let original): return "near copy of \(rows.table.paths[original])"
    case .leftOut: return "group \(rows.groups[row]) is too small"
    }
  }

  /// Rows that are not chosen since another stands for them.
  public var nearCopies: Int {
    outcomes.count { if case .copy = $0 { true } else { false } }
  }

  /// Rows that were asked in the draw and let the next one in, for a patient who has enough.
  public var passedOver: Int { outcomes.count { $0 == .cap } }
}
