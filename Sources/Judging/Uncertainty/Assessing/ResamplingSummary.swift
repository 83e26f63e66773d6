/// How the resamples of an assessment were drawn.
public struct ResamplingSummary: Sendable, Equatable, Codable {
  /// Number of resamples.
  public let resamples: Int
  /// What they were drawn from.
  public let seed: UInt64
  /// Coverage that the intervals claim.
  public let level: Double
  /// How intervals were read off the resamples.
  public let method: BootstrapMethod
  /// Whether the number of examples of each class varied between resamples; `fixed` in files from before 0.2.
  public let counts: ClassCounts
  /// Number of strata: one, or with fixed counts the classes, or the classes of groups of one class and one of
  /// mixed groups.
  public let strata: Int
  /// Number of groups that were resampled whole; `nil` where examples were.
  public let clusters: Int?
  /// Column of the groups; `nil` where examples were resampled.
  public let clusterColumn: String?

  enum CodingKeys: String, CodingKey {
    case resamples, seed, level, method, counts, strata, clusters
    case clusterColumn = "cluster_column"
  }

  /// Whether these settings would draw the same resamples and read them in the same way.
  ///
  /// - Parameters:
  ///   - settings: How intervals would be made.
  ///   - groupColumn: Name of the column of the groups that they would take; `nil` where there is none.
  public func follows(_ settings: IntervalSettings, groupColumn: String?) -> Bool {
    (resamples, seed, level, method, counts) == (
      settings.resamples, settings.seed, settings.level, settings.method, settings.counts
    ) && clusterColumn == groupColumn
  }

  /// What the intervals speak of: `class counts sampled`, or `class counts fixed`.
  public var population: String { "class counts \(counts.rawValue)" }

  /// Why nothing that is resampled has an interval; `nil` where it may have one.
  ///
  /// - Parameter images: Number of examples.
  public func withheld(images: Int) -> String? {
    let units = clusters ?? images
    guard units < Replicates.fewestUnits else { return nil }
    let what = clusters == nil ? "images" : "groups (\(clusterColumn ?? "group"))"
    return "\(units) \(what) are too few for intervals from resamples: at least"
      + " \(Replicates.fewestUnits) are needed"
  }

  package init(_ settings: IntervalSettings, _ plan: ResamplingPlan, column: String?) {
    resamples = settings.resamples
    seed = settings.seed
    level = settings.level
    method = settings.method
    counts = settings.counts
    strata = plan.strata.count
    clusters = plan.isClustered ? plan.units : nil
    clusterColumn = plan.isClustered ? column : nil
  }

  /// Reads a summary.
  ///
  /// - Throws: `DecodingError` where a key is missing or of the wrong type.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    resamples = try container.decode(Int.self, forKey: .resamples)
    seed = try container.decode(UInt64.self, forKey: .seed)
    level = try container.decode(Double.self, forKey: .level)
    method = try container.decode(BootstrapMethod.self, forKey: .method)
    counts = try container.decodeIfPresent(ClassCounts.self, forKey: .counts) ?? .fixed
    strata = try container.decode(Int.self, forKey: .strata)
    clusters = try container.decodeIfPresent(Int.self, forKey: .clusters)
    clusterColumn = try container.decodeIfPresent(String.self, forKey: .clusterColumn)
  }
}
