import Requirements

/// What an audit has to say to a person: which labels to look at, in which order, and what to make of them.
///
/// Where labels carry no structure (``VoteSums``), nothing is listed. Nothing is ever dropped: a finding is a question. The
/// last `kept` examples of a class are findings too, but no correction of them is offered.
public struct LabelFindings: Sendable {
  /// One label that may be wrong.
  public struct Finding: Sendable, Equatable {
    /// The row, from 0.
    public var row: Int
    /// Place among the findings of its given class, from 1, the worst first.
    public var rank: Int
    /// Whether it is one of the last of its class, were all findings before it corrected.
    public var isLast: Bool
  }

  /// What was found out of each row.
  public let audit: LabelAudit
  /// Names of the classes, `[C]`.
  public let classes: [String]
  /// What identifies each example, `[N]`; nil where only its row does.
  public let paths: [String]?
  /// The rule that decides.
  public let rule: IssueRule
  /// The score that ranks.
  public let score: LabelScore
  /// How many examples of a class stay at least.
  public let kept: Int
  /// What neighbours say, where there are features.
  public let similar: SimiFeat?
  /// Classes whose findings are looked at first; none where no class matters more than others.
  public let first: Set<Int>
  /// By class, the worst first.
  public let findings: [Finding]

  /// Findings of an audit.
  ///
  /// - Parameters:
  ///   - audit: what was found out of each row.
  ///   - classes: names of the classes, `[C]`.
  ///   - paths: what identifies each example, `[N]`.
  ///   - rule: which rule decides.
  ///   - score: which score ranks.
  ///   - kept: how many examples of a class stay at least.
  ///   - similar: what neighbours say.
  ///   - first: classes whose findings are looked at first.
  /// - Precondition: there are as many names as classes, and as many paths as rows.
  public init(
    _ audit: LabelAudit, classes: [String], paths: [String]? = nil, rule: IssueRule = .noiseRate,
    score: LabelScore = .selfConfidence, keeping kept: Int = 1, similar: SimiFeat? = nil,
    first: Set<Int> = []
  ) {
    require(
      classes.count == audit.classes && (paths?.count ?? audit.count) == audit.count,
      "LabelFindings: expected \(audit.classes) names and \(audit.count) paths, got \(classes.count) and"
        + " \(paths?.count ?? 0)")
    (self.audit, self.classes, self.paths) = (audit, classes, paths)
    (self.rule, self.score, self.kept, self.similar) = (rule, score, kept, similar)
    self.first = first
    guard audit.votes.hasStructure else {
      findings = []
      return
    }
    let scores = audit.scores(score)
    var members = [[Int]](repeating: [], count: classes.count)
    for row in audit.issues(by: rule) { members[Int(audit.given[row])].append(row) }
    findings = members.enumerated().flatMap { label, rows in
      let order = rows.sorted { scores[$0] == scores[$1] ? $0 < $1 : scores[$0] < scores[$1] }
      let room = max(0, audit.givenCounts[label] - kept)
      return order.enumerated().map {
        Finding(row: $1, rank: $0 + 1, isLast: $0 >= room)
      }
    }
  }

  /// What a row is called: its path, or its number from 0.
  public func name(_ row: Int) -> String { paths?[row] ?? String(row) }

  /// Name of the class that a row was given.
  public func given(_ row: Int) -> String { classes[Int(audit.given[row])] }

  /// Name of the class that a row is most probably of: by the probabilities.
  public func suggested(_ row: Int) -> String { classes[Int(audit.suggested[row])] }

  /// The ways of looking that call the label of a row an issue, by name.
  public func agreeing(_ row: Int) -> [String] {
    let rules = audit.rules(of: row).filter { $0 != .predicted }.map(\.rawValue)
    guard let similar else { return rules }
    return rules + (similar.isOutvoted[row] ? ["neighbours-vote"] : [])
      + (similar.isLowRanked[row] ? ["neighbours-rank"] : [])
  }

  /// Why a row is a finding, in words.
  public func why(_ finding: Finding) -> String {
    let row = finding.row
    let p = short(audit.selfConfidence[row])
    let rival = short(audit.selfConfidence[row] + 1 - 2 * audit.normalizedMargin[row])
    var words = "\(given(row)) \(p), \(suggested(row)) \(rival)"
    if let similar {
      words += "; \(similar.agreeing(row)) of \(similar.neighbours) neighbours are \(given(row))"
    }
    return finding.isLast ? words + "; one of the last \(kept) of its class" : words
  }

  /// Examples of each class were every correction that is offered made, `[C]`.
  public var countsAfter: [Int] {
    var counts = audit.givenCounts
    for finding in findings where !finding.isLast {
      counts[Int(audit.given[finding.row])] -= 1
      counts[Int(audit.suggested[finding.row])] += 1
    }
    return counts
  }

  private func short(_ value: Double) -> String {
    let thousandths = Int((max(0, value) * 1000).rounded())
    let digits = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
