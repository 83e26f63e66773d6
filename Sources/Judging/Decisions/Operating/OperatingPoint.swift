import Requirements

/// A probability from which on an example is flagged as one class, whatever is more probable.
///
/// ```swift
/// let point = try OperatingPoint(
///   for: "melanoma", under: .sensitivity(atLeast: 0.95), on: calibratedValidation)
/// ```
///
/// The first constraint sets the threshold, at the end that leaves the most room for the rest:
/// the highest that is sensitive enough, or the lowest that is specific enough or flags few
/// enough. Further constraints are then checked on validation, and where the point is promised, whether they can
/// be promised as well.
public struct OperatingPoint: Sendable, Equatable, Codable {
  /// Name of the class.
  public let name: String
  /// Flagged from this probability on, `p ≥ threshold`.
  public let threshold: Double
  /// What set the threshold.
  public let constraint: Constraint
  /// What was checked besides.
  public let also: [Constraint]
  /// What the threshold achieves on validation; the constrained rate is optimistic.
  public let validation: ThresholdRates
  /// What it promises for new examples, for the constrained rate; `nil` for a work load at a
  /// prevalence other than that of validation.
  public let guarantee: Guarantee?
  /// What it promises for each of ``also``; `nil` for a point chosen before 0.2.
  public let alsoGuarantees: [Guarantee]?

  enum CodingKeys: String, CodingKey {
    case name = "class"
    case threshold, constraint, also, validation, guarantee
    case alsoGuarantees = "also_guarantees"
  }

  /// Chooses a threshold.
  ///
  /// - Parameters:
  ///   - name: Name of the class.
  ///   - constraint: What sets the threshold.
  ///   - also: What must hold besides, on validation.
  ///   - promised: Whether the level must hold for new examples with `confidence`, not only on
  ///     validation.
  ///   - sample: Validation examples, with the probabilities that the threshold will meet.
  ///   - prevalence: Class frequencies under which a work load counts, `[C]`; those of `sample` where
  ///     `nil`.
  ///   - confidence: Of the guarantee, between 0 and 1.
  /// - Throws: `OperatingPointError`, with the best that can be reached.
  /// - Precondition: `confidence` lies between 0 and 1, and `prevalence` has `C` values.
  public init(
    for name: String, under constraint: Constraint, also: [Constraint] = [],
    promised: Bool = false, on sample: LabelledProbabilities, prevalence: [Double]? = nil,
    confidence: Double = 0.95
  ) throws(OperatingPointError) {
    require(
      confidence > 0 && confidence < 1
        && prevalence?.count ?? sample.classes.count == sample.classes.count,
      "OperatingPoint: expected a confidence between 0 and 1 and \(sample.classes.count) prevalences, "
        + "got \(confidence) and \(prevalence?.count ?? 0)")
    guard let index = sample.classes.firstIndex(of: name) else {
      throw .unknownClass(name, classes: sample.classes)
    }
    for constraint in [constraint] + also where !(constraint.level > 0 && constraint.level <= 1) {
      throw .badLevel(constraint)
    }
    let choice = ThresholdChoice(
      name: name, index: index, constraint: constraint, promised: promised,
      confidence: confidence, sample: sample)
    let (threshold, guarantee) = try choice.made(prevalence)
    let rates = ThresholdRates(sample, class: index, threshold: threshold)
    for extra in also where !extra.holds(rates) {
      throw .unreachable(
        name, constraint: extra, best: extra.achieved(rates) ?? 0, holding: constraint)
    }
    let flags = sample.column(index).map { $0 >= threshold }
    let promises = also.map {
      Guarantee(of: $0, flags: flags, class: index, of: sample, confidence: confidence)
    }
    for (extra, promise) in zip(also, promises) where promised && !extra.isKept(by: promise) {
      throw .notPromised(
        name, constraint: extra, confidence: confidence, best: promise.level, holding: constraint)
    }
    alsoGuarantees = also.isEmpty ? nil : promises
    self.name = name
    self.threshold = threshold
    self.constraint = constraint
    self.also = also
    validation = rates
    self.guarantee = guarantee
  }
}

extension Constraint {
  /// Whether a promise keeps the level.
  fileprivate func isKept(by promise: Guarantee) -> Bool {
    if case .workload(let most) = self { return promise.level <= most }
    return promise.level >= level
  }
}

extension Guarantee {
  /// What flags promise of the kind that a constraint is of.
  fileprivate init(
    of constraint: Constraint, flags: [Bool], class index: Int, of sample: LabelledProbabilities,
    confidence: Double
  ) {
    let rows = sample.truths.indices.filter { row in
      switch constraint {
      case .sensitivity: sample.truths[row] == index
      case .specificity: sample.truths[row] != index
      case .workload: true
      }
    }
    var isFlagged = false
    if case .sensitivity = constraint { isFlagged = true }
    let promise = Guarantee(
      flags: rows.map { flags[$0] == isFlagged },
      groups: sample.groups.map { groups in rows.map { groups[$0] } }, confidence: confidence)
    if case .workload = constraint { self = promise.complement } else { self = promise }
  }
}
