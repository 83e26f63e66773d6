import Requirements

/// Everything between a model's softmax and a decision, as it is stored with the model.
///
/// A row of probabilities goes through, in this order:
/// 1. `calibration`, fitted on validation such that step 2 ends calibrated;
/// 2. `samplerCorrection`, from the class frequencies that training drew to the natural ones;
/// 3. `targetCorrection`, from the class frequencies of validation to those of deployment.
///
/// Then it is decided. The first class of `operatingPoints` whose probability reaches its threshold
/// is the decision: a flag overrides whatever is more probable, and the order of the points is their
/// priority. Where none flags, the least expected cost (without `costs`, the largest probability)
/// decides among the classes without an operating point, because a class that did not reach its
/// threshold must not be chosen after all; if every class has one, among all. Conformal sets and the
/// abstention look at the same probabilities and do not change the decision.
///
/// ```swift
/// let decision = try rule.checked(for: model.classes).decide(probabilities[...])
/// ```
public struct DecisionRule: Sendable, Equatable {
  /// The form that this version writes, and the newest it reads.
  public static let currentVersion = 2

  /// Class names in the order of the model, `[C]`.
  public let classes: [String]
  /// Calibration on validation.
  public var calibration: Calibration
  /// From the class frequencies that the sampler drew to the natural ones.
  public var samplerCorrection: PriorCorrection?
  /// From the class frequencies of validation to those of deployment.
  public var targetCorrection: PriorCorrection?
  /// Costs of decisions.
  public var costs: CostMatrix?
  /// Classes that are flagged from a probability on, in order of priority.
  public var operatingPoints: [OperatingPoint]
  /// Below which confidence an example is left to a human.
  public var abstention: Abstention?
  /// Thresholds of conformal sets.
  public var conformal: ConformalSets?
  /// How all this was chosen.
  public var provenance: Provenance

  /// On what a rule was chosen.
  public struct Provenance: Sendable, Equatable, Codable {
    /// Which examples, such as `val`.
    public var chosenOn: String
    /// Their number in each class, `[C]`.
    public var examples: [Int]
    /// Number of groups (patients, smears); `nil` where there are none.
    public var groups: Int?
    /// Number in each class of those that promises were made from, `[C]`; `nil` where from all: the others had
    /// the calibration fitted on them.
    public var promisedOn: [Int]?

    enum CodingKeys: String, CodingKey {
      case chosenOn = "chosen_on"
      case examples, groups
      case promisedOn = "promised_on"
    }

    /// A provenance.
    ///
    /// - Parameters:
    ///   - chosenOn: Which examples, such as `val`.
    ///   - examples: Their number in each class, `[C]`.
    ///   - groups: Number of groups, where there are any.
    public init(chosenOn: String, examples: [Int], groups: Int? = nil) {
      (self.chosenOn, self.examples, self.groups) = (chosenOn, examples, groups)
    }
  }

  /// The rule that changes nothing: the most probable class.
  ///
  /// - Parameters:
  ///   - classes: Names, `[C]`, at least one.
  ///   - provenance: How it was chosen.
  /// - Precondition: there is a class.
  public init(
    classes: [String], provenance: Provenance = Provenance(chosenOn: "nothing", examples: [])
  ) {
    require(!classes.isEmpty, "DecisionRule: expected at least one class, got none")
    self.classes = classes
    calibration = .none
    operatingPoints = []
    self.provenance = provenance
  }
}

extension DecisionRule {
  /// Probabilities after correction and calibration, `[C]`.
  ///
  /// - Parameter row: The model's probabilities, `[C]`.
  /// - Precondition: the row has `C` entries.
  public func probabilities(_ row: ArraySlice<Double>) -> [Double] {
    require(
      row.count == classes.count,
      "DecisionRule: expected a row of \(classes.count) classes, got \(row.count)")
    var result = calibration(row)
    if let samplerCorrection { result = samplerCorrection(result[...]) }
    if let targetCorrection { result = targetCorrection(result[...]) }
    return result
  }

  /// The decision about one example.
  ///
  /// - Parameters:
  ///   - row: The model's probabilities, `[C]`.
  ///   - name: What identifies the example, for sets that are drawn at their edge.
  /// - Precondition: the row has `C` entries.
  public func decide(_ row: ArraySlice<Double>, of name: String? = nil) -> Decision {
    let values = probabilities(row)
    let (decided, flagged) = choice(values)
    return Decision(
      probabilities: values, decided: decided, flagged: flagged ? decided : nil,
      set: conformal.map { $0(values[...], of: name) },
      abstains: abstention.map { values[decided] < $0.threshold } ?? false)
  }

  /// The decided class of calibrated probabilities, and whether a flag decided it.
  func choice(_ values: [Double]) -> (decided: Int, flagged: Bool) {
    var withPoint: Set<Int> = []
    for point in operatingPoints {
      guard let index = classes.firstIndex(of: point.name) else { continue }
      if values[index] >= point.threshold { return (index, true) }
      withPoint.insert(index)
    }
    let merits = costs.map { $0.expected(values[...]).map { -$0 } } ?? values
    let open = values.indices.filter { !withPoint.contains($0) }
    let candidates = open.isEmpty ? Array(values.indices) : open
    return (candidates[largestIndex(candidates.map { merits[$0] })], false)
  }
}
