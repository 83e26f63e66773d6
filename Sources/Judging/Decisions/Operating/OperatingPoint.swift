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
///
/// Where points of more priority flag first, this one loses those examples: what is promised of its sensitivity is what
/// the whole rule reaches, and a threshold that is promised is chosen so that the whole rule keeps the level. A
/// specificity and a work load of the whole rule are no worse than those of the threshold alone.
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
  /// What it promises for each of ``also``, `nil` as above; `nil` in all for a point chosen before 0.2.
  public let alsoGuarantees: [Guarantee?]?

  /// The constrained rate on validation.
  public var validated: Rate { validation.of(constraint) }

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
  ///   - earlier: Points of more priority: where one flags, this one does not.
  ///   - prevalence: Class frequencies under which a work load counts, `[C]`; those of `sample` where
  ///     `nil`.
  ///   - confidence: Of the guarantee, between 0 and 1.
  /// - Throws: `OperatingPointError`, with the best that can be reached.
  /// - Precondition: `confidence` lies between 0 and 1, and `prevalence` has `C` values.
  public init(
    for name: String, under constraint: Constraint, also: [Constraint] = [],
    promised: Bool = false, on sample: LabelledProbabilities,
    after earlier: [OperatingPoint] = [], prevalence: [Double]? = nil, confidence: Double = 0.95
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
    if promised, prevalence != nil,
      let load = ([constraint] + also).first(where: \.isAboutAll)
    {
      throw .otherPrevalence(name, constraint: load)
    }
    let taken = Self.taken(by: earlier, sample)
    let choice = ThresholdChoice(
      name: name, index: index, constraint: constraint, promised: promised,
      confidence: confidence, sample: sample, taken: taken, first: earlier.map(\.name))
    let (threshold, guarantee) = try choice.made(prevalence)
    let rates = ThresholdRates(sample, class: index, threshold: threshold)
    let flags = sample.column(index).map { $0 >= threshold }
    for extra in also {
      let reached =
        extra.isAboutAll
        ? prevalence.map { WeightedRate(flags, truths: sample.truths, prevalence: $0).value }
          ?? rates.of(extra).value
        : rates.of(extra).value
      guard !extra.holds(reached) else { continue }
      throw .unreachable(name, constraint: extra, best: reached ?? 0, holding: constraint)
    }
    func promise(_ constraint: Constraint) -> Guarantee? {
      if constraint.isAboutAll && prevalence != nil { return nil }
      let own =
        constraint.isAboutPositives ? zip(flags, taken).map { $0 && !$1 } : flags
      return Guarantee(
        of: constraint, flags: own, class: index, of: sample, confidence: confidence)
    }
    let promises = also.map(promise)
    for case (let extra, let promise?) in zip(also, promises)
    where promised && !extra.isKept(by: promise) {
      throw .notPromised(
        name, constraint: extra, confidence: confidence, best: promise.level, holding: constraint)
    }
    alsoGuarantees = also.isEmpty ? nil : promises
    self.name = name
    self.threshold = threshold
    self.constraint = constraint
    self.also = also
    validation = rates
    // Of a promised threshold the choice counts them already.
    let losesSome = constraint.isAboutPositives && !promised && taken.contains(true)
    self.guarantee = losesSome ? promise(constraint) : guarantee
  }

  /// Whether a point of more priority flags each example, `[N]`.
  private static func taken(
    by earlier: [OperatingPoint], _ sample: LabelledProbabilities
  ) -> [Bool] {
    earlier.reduce(into: sample.truths.map { _ in false }) { taken, point in
      guard let index = sample.classes.firstIndex(of: point.name) else { return }
      for (row, p) in sample.column(index).enumerated() where p >= point.threshold {
        taken[row] = true
      }
    }
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
