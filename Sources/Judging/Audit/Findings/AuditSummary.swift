/// An audit in numbers: what `steelyard audit --json` prints and `audit.json` holds.
public struct AuditSummary: Codable, Sendable, Equatable {
  /// One class.
  public struct ClassRow: Codable, Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Examples that were given it.
    public var given: Int
    /// Examples estimated to be of it, by the calibrated joint.
    public var estimated: Int
    /// Findings among those given it.
    public var issues: Int
    /// Examples of it, were every offered correction made.
    public var after: Int
    /// Its threshold; nil where nobody was given it.
    public var threshold: Double?
  }

  /// Which form this is.
  public var format = 1
  /// Number of examples.
  public var rows: Int
  /// Which rule decided.
  public var filter: String
  /// Which score ranked.
  public var rankedBy: String
  /// How many examples of a class stay at least.
  public var kept: Int
  /// Whether labels go with what is predicted.
  public var hasStructure: Bool
  /// By how many standard deviations they do; nil where that is not defined.
  public var structure: Double?
  /// Findings.
  public var issues: Int
  /// What each rule calls issues.
  public var issuesByRule: [String: Int]
  /// Share of wrong labels, by the calibrated joint.
  public var noise: Double
  /// Examples given each class, by true class, estimated, `[C][C]`; nil with more than 100 classes.
  public var joint: [[Int]]?
  /// The classes.
  public var perClass: [ClassRow]
  /// What neighbours say; nil without features.
  public var neighbours: NeighbourSummary?
  /// What is odd about the images; nil where they are not known.
  public var pictures: PictureSummary?
  /// What is known of hard examples; nil in audits from before it was looked at.
  public var hard: HardSummary?

  private enum CodingKeys: String, CodingKey {
    case format, rows, filter, kept, structure, issues, noise, joint, neighbours, pictures
    case hard
    case rankedBy = "ranked_by"
    case hasStructure = "has_structure"
    case issuesByRule = "issues_by_rule"
    case perClass = "per_class"
  }
}

extension LabelFindings {
  /// The audit in numbers.
  public var summary: AuditSummary {
    var issues = [Int](repeating: 0, count: classes.count)
    for finding in findings { issues[Int(audit.given[finding.row])] += 1 }
    let (estimated, after) = (audit.joint.trueCounts, countsAfter)
    let rows = classes.indices.map { k in
      AuditSummary.ClassRow(
        name: classes[k], given: audit.givenCounts[k], estimated: estimated[k], issues: issues[k],
        after: after[k],
        threshold: audit.givenCounts[k] == 0 ? nil : audit.thresholds.values[k])
    }
    let width = classes.count
    return AuditSummary(
      rows: audit.count, filter: rule.rawValue, rankedBy: score.rawValue, kept: kept,
      hasStructure: audit.votes.hasStructure, structure: audit.votes.z, issues: findings.count,
      issuesByRule: Dictionary(
        uniqueKeysWithValues: IssueRule.allCases.map {
          ($0.rawValue, audit.issues(by: $0).count)
        }),
      noise: audit.joint.noise,
      joint: width > 100
        ? nil
        : (0..<width).map { Array(audit.joint.calibrated[$0 * width..<($0 + 1) * width]) },
      perClass: rows, neighbours: similar?.summary(classes))
  }
}
