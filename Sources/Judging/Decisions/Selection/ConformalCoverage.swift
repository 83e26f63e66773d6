/// What conformal sets did on labelled examples.
public struct ConformalCoverage: Sendable, Equatable, Codable {
  /// Sets of one group of examples.
  public struct Row: Sendable, Equatable, Codable {
    /// Sets that hold the true class.
    public let covered: Rate
    /// Mean number of classes in a set; `nil` without examples.
    public let meanSize: Double?
    /// Sets of one class.
    public let single: Rate
    /// Sets without a class.
    public let empty: Rate

    enum CodingKeys: String, CodingKey {
      case covered
      case meanSize = "mean_size"
      case single, empty
    }

    init(_ sets: [[Int]], _ truths: [Int], _ groups: [String]?, _ level: Double) {
      let count = sets.count
      covered = Rate(
        zip(sets, truths).map { $0.contains($1) }, groups: groups, level: level)
      meanSize = count == 0 ? nil : Double(sets.reduce(0) { $0 + $1.count }) / Double(count)
      single = Rate(sets.map { $0.count == 1 }, groups: groups, level: level)
      empty = Rate(sets.map(\.isEmpty), groups: groups, level: level)
    }

    /// Writes every key; an undefined value as `null`.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(covered, forKey: .covered)
      try container.encode(meanSize, forKey: .meanSize)
      try container.encode(single, forKey: .single)
      try container.encode(empty, forKey: .empty)
    }
  }

  /// One class's row.
  public struct ClassRow: Sendable, Equatable, Codable {
    /// Name of the class.
    public let name: String
    /// Sets of the examples of the class.
    public let sets: Row
    /// Whether the class is in every set for want of validation examples.
    public let isAlwaysIncluded: Bool

    enum CodingKeys: String, CodingKey {
      case name = "class"
      case sets
      case isAlwaysIncluded = "always_included"
    }
  }

  /// 1 − α, what the coverage of every class should be at least.
  public let wanted: Double
  /// All examples.
  public let overall: Row
  /// The examples of each class, `[C]`.
  public let classes: [ClassRow]

  /// What `sets` do on `sample`.
  ///
  /// - Parameters:
  ///   - sets: Fitted on other examples.
  ///   - sample: Labelled examples with probabilities made in the same way.
  ///   - level: Coverage of the intervals, between 0 and 1.
  /// - Precondition: both have the same number of classes.
  public init(_ sets: ConformalSets, on sample: LabelledProbabilities, level: Double = 0.95) {
    let found = (0..<sample.count).map { sets(sample[$0], of: sample.names?[$0]) }
    wanted = 1 - sets.missRate
    overall = Row(found, sample.truths, sample.groups, level)
    classes = sample.classes.indices.map { index in
      let rows = sample.truths.indices.filter { sample.truths[$0] == index }
      return ClassRow(
        name: sample.classes[index],
        sets: Row(
          rows.map { found[$0] }, rows.map { sample.truths[$0] },
          sample.groups.map { groups in rows.map { groups[$0] } }, level),
        isAlwaysIncluded: sets.alwaysIncludes(index))
    }
  }
}
