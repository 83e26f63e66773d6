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
  /// Number of strata: classes, or classes of groups of one class, and one of mixed groups.
  public let strata: Int
  /// Number of groups that were resampled whole; `nil` where examples were.
  public let clusters: Int?
  /// Column of the groups; `nil` where examples were resampled.
  public let clusterColumn: String?

  enum CodingKeys: String, CodingKey {
    case resamples, seed, level, method, strata, clusters
    case clusterColumn = "cluster_column"
  }

  /// Whether these settings would draw the same resamples and read them in the same way.
  ///
  /// - Parameters:
  ///   - settings: How intervals would be made.
  ///   - groupColumn: Name of the column of the groups that they would take; `nil` where there is none.
  public func follows(_ settings: IntervalSettings, groupColumn: String?) -> Bool {
    (resamples, seed, level, method) == (
      settings.resamples, settings.seed, settings.level, settings.method
    ) && clusterColumn == groupColumn
  }

  init(_ settings: IntervalSettings, _ plan: ResamplingPlan, column: String?) {
    resamples = settings.resamples
    seed = settings.seed
    level = settings.level
    method = settings.method
    strata = plan.strata.count
    clusters = plan.isClustered ? plan.units : nil
    clusterColumn = plan.isClustered ? column : nil
  }
}
