import Foundation

/// What can be wrong with a stored rule.
public enum DecisionRuleError: Error, Equatable, CustomStringConvertible {
  /// The rule was made for other classes, or for these in another order.
  case otherClasses(rule: [String], given: [String])
  /// The rule was written by a later version.
  case newerVersion(Int)
  /// Parts of the rule do not fit together.
  case inconsistent(String)
  /// A part holds what no rule that was chosen can hold.
  case badPart(String, reason: String)

  /// The mistake in English.
  public var description: String {
    switch self {
    case .otherClasses(let rule, let given):
      let (missing, extra) = (
        rule.filter { !given.contains($0) }, given.filter { !rule.contains($0) }
      )
      func listed(_ names: [String]) -> String {
        names.map { "'\($0)'" }.joined(separator: ", ")
      }
      let reasons = [
        missing.isEmpty ? nil : "without \(listed(missing))",
        extra.isEmpty ? nil : "with \(listed(extra)) that it does not know",
        missing.isEmpty && extra.isEmpty ? "in another order: \(listed(given))" : nil,
      ].compactMap { $0 }
      return "this decision rule is for the classes \(listed(rule)); got classes "
        + reasons.joined(separator: " and ") + "; choose a rule on this model's own validation set"
    case .newerVersion(let version):
      return "this decision rule has version \(version), and this program knows "
        + "\(DecisionRule.currentVersion); use a newer steelyard"
    case .inconsistent(let reason):
      return "this decision rule does not fit together: \(reason)"
    case .badPart(let part, let reason):
      return "\(part) of this decision rule: \(reason); choose the rule anew with steelyard decide"
    }
  }
}

extension DecisionRule {
  /// The rule itself, if it is for these classes.
  ///
  /// - Parameter classes: Names in the order of the model, `[C]`.
  /// - Throws: `DecisionRuleError.otherClasses`.
  public func checked(for classes: [String]) throws(DecisionRuleError) -> DecisionRule {
    guard self.classes == classes else {
      throw .otherClasses(rule: self.classes, given: classes)
    }
    return self
  }

  /// Whether the parts are all of `C` classes.
  func checkedParts() throws(DecisionRuleError) {
    func check(_ part: String, _ count: Int?) throws(DecisionRuleError) {
      guard let count, count != classes.count else { return }
      throw .inconsistent("\(part) of \(count) classes, and \(classes.count) names")
    }
    try check("sampler correction", samplerCorrection?.source.count)
    try check("sampler correction", samplerCorrection?.target.count)
    try check("calibration", calibration.classes)
    try check("target correction", targetCorrection?.source.count)
    try check("target correction", targetCorrection?.target.count)
    try check("costs", costs?.costs.count)
    try check("conformal thresholds", conformal?.thresholds.count)
    for point in operatingPoints {
      guard classes.contains(point.name) else {
        throw .inconsistent("an operating point for '\(point.name)', which is none of its classes")
      }
      try StoredPart("operating point of '\(point.name)'").check(
        StoredPart.isShare(point.threshold), "a threshold from 0 to 1", found: point.threshold)
    }
    if let threshold = abstention?.threshold {
      try StoredPart("abstention").check(
        StoredPart.isShare(threshold), "a threshold from 0 to 1", found: threshold)
    }
    for counts in [provenance.examples, provenance.promisedOn ?? []] where !counts.isEmpty {
      try StoredPart("provenance").check(
        counts.count == classes.count && counts.allSatisfy { $0 >= 0 },
        "a number of examples, at least 0, for each of \(classes.count) classes", found: counts)
    }
  }
}

extension Calibration {
  /// Number of classes it was fitted on; `nil` where it fits any.
  var classes: Int? {
    switch self {
    case .none, .temperature: nil
    case .vector(let calibrator): calibrator.occurring.total
    case .dirichlet(let calibrator): calibrator.occurring.total
    case .isotonic(let calibrator): calibrator.occurring.total
    }
  }
}

extension DecisionRule: Codable {
  enum CodingKeys: String, CodingKey {
    case version, classes
    case samplerCorrection = "sampler_correction"
    case calibration
    case targetCorrection = "target_correction"
    case costs
    case operatingPoints = "operating_points"
    case abstention, conformal, provenance
    /// What `abstention` was called in rules stored before version 0.2.
    case referral
  }

  /// The first version that can hold this rule: sets that are drawn at their edge would be read wrongly by what
  /// knows version 1 alone.
  public var version: Int { conformal?.seed == nil ? 1 : Self.currentVersion }

  /// Writes the parts that there are, and the version.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(version, forKey: .version)
    try container.encode(classes, forKey: .classes)
    try container.encodeIfPresent(samplerCorrection, forKey: .samplerCorrection)
    try container.encode(calibration, forKey: .calibration)
    try container.encodeIfPresent(targetCorrection, forKey: .targetCorrection)
    try container.encodeIfPresent(costs, forKey: .costs)
    try container.encode(operatingPoints, forKey: .operatingPoints)
    try container.encodeIfPresent(abstention, forKey: .abstention)
    try container.encodeIfPresent(conformal, forKey: .conformal)
    try container.encode(provenance, forKey: .provenance)
  }

  /// Reads what ``encode(to:)`` wrote, and checks that the parts fit together.
  ///
  /// - Throws: `DecisionRuleError` for a later version or parts of different numbers of classes;
  ///   and for a part with numbers that no rule has; `DecodingError` for another form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let version = try container.decode(Int.self, forKey: .version)
    guard version <= Self.currentVersion else { throw DecisionRuleError.newerVersion(version) }
    try StoredPart("version").check(
      version >= 1, "a number from 1 to \(Self.currentVersion)", found: version)
    let classes = try container.decode([String].self, forKey: .classes)
    guard !classes.isEmpty else { throw DecisionRuleError.inconsistent("it has no classes") }
    try StoredPart("classes").check(
      Set(classes).count == classes.count, "each name once", found: classes)
    self.init(
      classes: classes, provenance: try container.decode(Provenance.self, forKey: .provenance))
    samplerCorrection = try container.decodeIfPresent(
      PriorCorrection.self, forKey: .samplerCorrection)
    calibration = try container.decode(Calibration.self, forKey: .calibration)
    targetCorrection = try container.decodeIfPresent(
      PriorCorrection.self, forKey: .targetCorrection)
    costs = try container.decodeIfPresent(CostMatrix.self, forKey: .costs)
    operatingPoints = try container.decode([OperatingPoint].self, forKey: .operatingPoints)
    abstention =
      try container.decodeIfPresent(Abstention.self, forKey: .abstention)
      ?? container.decodeIfPresent(Abstention.self, forKey: .referral)
    conformal = try container.decodeIfPresent(ConformalSets.self, forKey: .conformal)
    try checkedParts()
  }
}
