public import Datasets

/// What a run was trained on, in numbers: `data.json`.
public struct DataRecord: VersionedJSON, Equatable {
  /// Name of the data set.
  public var name: String
  /// SHA-256 over path, label, group and split of every image; `nil` where it was not taken.
  public var digest: String?
  /// What the examples are; `nil` is images.
  public var input: InputKind?
  /// Number of images, or of what the examples are.
  public var images: Int
  /// Class names, `[C]`, in the order of the model; names of the labels where an image may have several, of the number where
  /// that is the target.
  public var classes: [String]
  /// Whether an image may have several labels; `nil` of classes.
  public var areLabels: Bool?
  /// Images of each class in each part: `counts["train"]["cat"]`; of several labels those that have each, of a number all.
  public var counts: [String: [String: Int]]
  /// Different groups in each part; empty where the data have none.
  public var groups: [String: Int]
  /// What splitting had to say.
  public var split: [String]
  /// What the parts share; `nil` where it was not looked for.
  public var leakage: LeakageReport?
  /// Files left out because they do not decode.
  public var skipped: [SkippedImage]
  /// Images that are the same picture again without being equal; `nil` where they were not looked for.
  public var nearCopies: NearCopyReport?
  /// Images without labels that were learned from, in no other number here; `nil` where there were none.
  public var unlabelled: Int?

  private enum CodingKeys: String, CodingKey {
    case name, digest, input, images, classes, counts, groups, split, leakage, skipped, unlabelled
    case nearCopies = "near_copies"
    case areLabels = "several_labels"
  }

  /// A file that was left out.
  public struct SkippedImage: Codable, Equatable, Sendable {
    /// Its path.
    public var path: String
    /// Its class, where known.
    public var label: String?
    /// Why.
    public var reason: String

    /// A file that was left out.
    public init(path: String, label: String? = nil, reason: String) {
      (self.path, self.label, self.reason) = (path, label, reason)
    }
  }

  /// The numbers of a data set.
  ///
  /// - Parameters:
  ///   - data: The images that were used, with their splits.
  ///   - classes: Class names, `[C]`, in the order of the model.
  ///   - statements: What splitting had to say.
  ///   - leakage: What the parts share; `nil` where it was not looked for.
  ///   - skipped: Files that were left out.
  ///   - nearCopies: Images that are the same picture again; `nil` where they were not looked for.
  ///   - unlabelled: Images without labels that were learned from; `nil` where there were none.
  public init(
    _ data: Dataset, classes: [String], statements: [String] = [], leakage: LeakageReport?,
    skipped: [SkippedImage] = [], nearCopies: NearCopyReport? = nil, unlabelled: Int? = nil
  ) {
    (name, digest, images) = (data.name, data.digest, data.examples.count)
    input = data.inputKind == .images ? nil : data.inputKind
    (self.classes, split) = (classes, statements)
    (self.leakage, self.skipped, self.nearCopies) = (leakage, skipped, nearCopies)
    self.unlabelled = unlabelled
    areLabels = data.labelNames == nil ? nil : true
    counts = [:]
    var members: [String: Set<String>] = [:]
    for example in data.examples {
      guard let part = example.split?.rawValue else { continue }
      // A number would be a class for each of its values.
      if let name = data.numberName ?? example.label {
        counts[part, default: [:]][name, default: 0] += 1
      }
      for (name, entry) in zip(data.labelNames ?? [], example.labels ?? []) {
        counts[part, default: [:]][name, default: 0] += entry == true ? 1 : 0
      }
      if let group = example.group { members[part, default: []].insert(group) }
    }
    groups = members.mapValues(\.count)
  }

  /// Reads a record; only name, classes and counts must be there, so that another program can write one.
  ///
  /// - Throws: `DecodingError` where a key is missing or has the wrong type.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    classes = try container.decode([String].self, forKey: .classes)
    counts = try container.decode([String: [String: Int]].self, forKey: .counts)
    digest = try container.decodeIfPresent(String.self, forKey: .digest)
    input = try container.decodeIfPresent(InputKind.self, forKey: .input)
    images =
      try container.decodeIfPresent(Int.self, forKey: .images)
      ?? counts.values.flatMap(\.values).reduce(0, &+)
    groups = try container.decodeIfPresent([String: Int].self, forKey: .groups) ?? [:]
    split = try container.decodeIfPresent([String].self, forKey: .split) ?? []
    leakage = try container.decodeIfPresent(LeakageReport.self, forKey: .leakage)
    skipped = try container.decodeIfPresent([SkippedImage].self, forKey: .skipped) ?? []
    areLabels = try container.decodeIfPresent(Bool.self, forKey: .areLabels)
    nearCopies = try container.decodeIfPresent(NearCopyReport.self, forKey: .nearCopies)
    unlabelled = try container.decodeIfPresent(Int.self, forKey: .unlabelled)
    if let (key, problem) = problem {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: container, debugDescription: problem)
    }
  }

  /// A count that no set of images reaches, and of which many can be added up.
  private static let mostImages = 1 << 48

  /// What makes the numbers useless, if something does: anyone may have written the file.
  private var problem: (CodingKeys, String)? {
    if Set(classes).count != classes.count {
      return (.classes, "expected distinct names, got \(classes.prefix(8))")
    }
    let wrong = counts.values.flatMap(\.values).first { !(0..<Self.mostImages).contains($0) }
    return wrong.map { (.counts, "expected numbers of images, got \($0)") }
  }

  /// Images of each class in a part, `[C]`.
  public func counts(of part: String) -> [Int] { classes.map { counts[part]?[$0] ?? 0 } }

  /// The parts that have images: `train`, `val`, `test`, then others by name.
  public var parts: [String] {
    let usual = Split.allCases.map(\.rawValue)
    return usual.filter { counts[$0] != nil } + counts.keys.filter { !usual.contains($0) }.sorted()
  }
}
