import Evaluation
import Requirements

/// Which images are free of what some labels say, by their thresholds: a filter of made images before anything learns from them.
///
/// ```swift
/// let filter = try LabelFilter(rule.applied(to: predictions), rule, unreadable: 2)
/// filter.isAccepted        // [true, false, …]
/// filter.score.overall     // 100 (1 − N_label / N_set)
/// ```
///
/// An image is accepted where no rejecting label reaches its threshold. One that cannot be read counts as a failure.
///
/// Source: the quality gate of the MagicMirror project, whose score is ``SetScore``.
public struct LabelFilter: Sendable, Equatable {
  /// The labels that reject, `[R]`.
  public let rejecting: [String]
  /// The rejecting labels that are said of each image, `[N]`.
  public let said: [[String]]
  /// How far the image is above the threshold of the rejecting label that it is furthest above, `[N]`, −1…1; what is accepted is
  /// below 0.
  public let excess: [Double]
  /// Whether each image is accepted, `[N]`.
  public private(set) var isAccepted: [Bool]
  /// Images that are accepted although a label rejects them, as the last of their class, in ascending order.
  public private(set) var keptForClass: [Int] = []
  /// Scores of all labels of the rule, `[L]`, one by one.
  public let scores: SetScore
  /// The score of the rejecting labels together.
  public let score: SetScore

  /// - Parameters:
  ///   - predictions: What the rule makes of what the model said (``LabelRule/applied(to:)``); no truth is asked for.
  ///   - rule: With a threshold for each label.
  ///   - names: The labels that reject; `nil` takes ``LabelRule/mostGeneral``.
  ///   - unreadable: Images of the set of which nothing is said.
  /// - Throws: ``LabelRuleError`` for an unknown label, or one of which the rule knows no threshold.
  /// - Precondition: an image at least.
  public init(
    _ predictions: LabelPredictions, _ rule: LabelRule, rejecting names: [String]? = nil,
    unreadable: Int = 0
  ) throws(LabelRuleError) {
    let own = try rule.matched(names ?? rule.mostGeneral)
    let thresholds = try rule.matched(predictions.labels).map(\.threshold)
    let labels = own.map(\.label)
    let part = predictions.ordered(as: labels)
    let (width, whole) = (labels.count, predictions.count + unreadable)
    rejecting = labels
    let rows = (0..<part.count).map { row in
      Array(part.probabilities[row * width..<(row + 1) * width])
    }
    said = rows.map { scores in
      zip(own, scores).compactMap { $1 >= $0.threshold ? $0.label : nil }
    }
    excess = rows.map { scores in
      zip(own, scores).map { $1 - $0.threshold }.max() ?? -1
    }
    isAccepted = said.map(\.isEmpty)
    self.scores = SetScore(predictions, thresholds: thresholds, of: whole)
    score = SetScore(part, thresholds: own.map(\.threshold), of: whole)
  }

  /// Accepts so many of the images that are rejected that a class keeps at least `floor`, or all that can be read of it: those least
  /// above a threshold, and of equal ones the first.
  ///
  /// - Parameters:
  ///   - floor: At least 0.
  ///   - classes: The class of each image, `[N]`.
  /// - Precondition: as many classes as images.
  public mutating func keep(atLeast floor: Int, ofEach classes: [String]) {
    require(
      classes.count == isAccepted.count && floor >= 0,
      "LabelFilter: expected \(isAccepted.count) classes and a floor of at least 0, got \(classes.count) and \(floor)"
    )
    for (_, rows) in Dictionary(grouping: classes.indices, by: { classes[$0] }) {
      let lacking = floor - rows.count { isAccepted[$0] }
      guard lacking > 0 else { continue }
      let nearest = rows.filter { !isAccepted[$0] }.sorted { (excess[$0], $0) < (excess[$1], $1) }
      for row in nearest.prefix(lacking) {
        isAccepted[row] = true
        keptForClass.append(row)
      }
    }
    keptForClass.sort()
  }
}

extension LabelRule {
  /// The labels that are no kind of another: all of them where there is no hierarchy. What has any label has one of these.
  public var mostGeneral: [String] {
    let below = Set(hierarchy?.edges.map(\.child) ?? [])
    return parts.map(\.label).filter { !below.contains($0) }
  }
}
