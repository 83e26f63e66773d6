/// How ``Curation`` chooses.
public struct CurationSettings: Sendable, Equatable {
  /// Into how many clusters a group is divided.
  public var clusters = ClusterCount.squareRoot
  /// Rows of a group that is divided at all, at least 1.
  public var leastGroup = 20
  /// Bins of a cluster, by distance to its centre, at least 1.
  public var bins = 5
  /// How many rows of a bin are taken.
  public var rule = SelectionRule.fractionWithFloor(0.2)
  /// Rows of a patient at most; nil for any number.
  public var mostOfPatient: Int?
  /// Principal components, at least 1; fewer where rows or features are fewer.
  public var components = 256
  /// Greatest cosine distance, in scaled features, at which a row is a near copy of another, in 0…2; nil keeps copies.
  public var copyDistance: Double? = 0.01
  /// How many unlabelled clusters a labelled one proposes its label to, at least 0.
  public var spread = 0
  /// Share of the labelled rows of a cluster that one label must have to be that of the cluster, above 0.5 and up to 1.
  public var purity = 0.8

  /// The usual settings.
  public init() {}

  /// - Throws: ``CurationError/badShare(name:value:)``, ``CurationError/badCount(name:value:)``,
  ///   ``CurationError/negative(name:value:)`` and ``CurationError/outOfRange(name:value:expected:)``.
  public func check() throws(CurationError) {
    try rule.check()
    for (name, value) in [
      ("least rows of a group", leastGroup), ("bins", bins), ("components", components),
      ("rows of a patient", mostOfPatient ?? 1),
    ] where value < 1 { throw .badCount(name: name, value: value) }
    guard spread >= 0 else { throw .negative(name: "spread", value: Double(spread)) }
    if let copyDistance, !(copyDistance >= 0) {
      throw .negative(name: "distance of near copies", value: copyDistance)
    }
    guard purity > 0.5, purity <= 1 else {
      throw .outOfRange(name: "purity", value: purity, expected: "a share above 0.5 and up to 1")
    }
  }
}
