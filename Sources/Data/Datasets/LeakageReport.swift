import Requirements

/// What the splits of a data set share, and what of it contradicts itself.
///
/// ```swift
/// let survey = Survey(data, threads: 2)
/// let leakage = LeakageReport(data, survey)
/// if !leakage.isClean { … }
/// ```
public struct LeakageReport: Codable, Sendable, Equatable {
  /// A group with examples in more than one split.
  public struct SharedGroup: Codable, Sendable, Equatable {
    /// The group.
    public let group: String
    /// Examples of it in each split, by the split's name.
    public let examples: [String: Int]

    /// A shared group.
    public init(group: String, examples: [String: Int]) {
      (self.group, self.examples) = (group, examples)
    }
  }

  /// One of several equal images.
  public struct Copy: Codable, Sendable, Equatable {
    /// The example's path.
    public let path: String
    /// Its split, if it has one.
    public let split: Split?
    /// Its label, if it has one.
    public let label: String?

    /// A copy.
    public init(path: String, split: Split? = nil, label: String? = nil) {
      (self.path, self.split, self.label) = (path, split, label)
    }
  }

  /// Images that are equal.
  public struct CopySet: Codable, Sendable, Equatable {
    /// How far they are equal.
    public enum Kind: String, Codable, Sendable {
      /// Byte for byte.
      case bytes
      /// The decoded pixels are, the files are not.
      case pixels
      /// The numbers of two rows are.
      case values
    }

    /// How far they are equal.
    public let kind: Kind
    /// All of them, in the order of the data.
    public let copies: [Copy]

    /// Equal images.
    public init(kind: Kind, copies: [Copy]) { (self.kind, self.copies) = (kind, copies) }

    /// Whether they lie in more than one split.
    public var crossesSplits: Bool { Set(copies.compactMap(\.split)).count > 1 }
    /// Whether they carry different labels.
    public var contradicts: Bool { Set(copies.compactMap(\.label)).count > 1 }
  }

  /// Groups in more than one split, sorted by name.
  public let groups: [SharedGroup]
  /// Equal images in more than one split.
  public let leaks: [CopySet]
  /// Equal images with different labels, in one split or in several.
  public let conflicts: [CopySet]
  /// All sets of equal images, leaks and conflicts among them.
  public let duplicates: [CopySet]

  /// Whether no group and no image lies in two splits.
  public var isClean: Bool { groups.isEmpty && leaks.isEmpty }

  /// Compares all examples of `dataset`.
  ///
  /// - Parameters:
  ///   - dataset: with splits; without them there are duplicates and conflicts, but no leaks.
  ///   - survey: of the same data set.
  /// - Precondition: `survey` has one entry per example.
  public init(_ dataset: Dataset, _ survey: Survey) {
    require(
      survey.facts.count == dataset.examples.count,
      "LeakageReport: expected a survey of \(dataset.examples.count) images,"
        + " got \(survey.facts.count)")
    groups = Self.sharedGroups(dataset)
    let duplicates = Self.copySets(dataset, survey)
    self.duplicates = duplicates
    leaks = duplicates.filter(\.crossesSplits)
    conflicts = duplicates.filter(\.contradicts)
  }

  private static func sharedGroups(_ dataset: Dataset) -> [SharedGroup] {
    var counts: [String: [String: Int]] = [:]
    for example in dataset.examples {
      guard let group = example.group, let split = example.split else { continue }
      counts[group, default: [:]][split.rawValue, default: 0] += 1
    }
    return counts.filter { $0.value.count > 1 }
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { SharedGroup(group: $0.key, examples: $0.value) }
  }

  private static func copySets(_ dataset: Dataset, _ survey: Survey) -> [CopySet] {
    survey.equalImages.map { indices in
      let isSameFile = Set(indices.map { survey.facts[$0].bytes }).count == 1
      let copies = indices.map { index in
        let example = dataset.examples[index]
        return Copy(
          path: example.path, split: example.split, label: dataset.labelText(of: index))
      }
      let kind: CopySet.Kind =
        dataset.rows != nil ? .values : isSameFile ? .bytes : .pixels
      return CopySet(kind: kind, copies: copies)
    }
  }
}

extension LeakageReport: CustomStringConvertible {
  /// One line per shared group and per leaking set of images, the first 20 and the number of all.
  public var description: String {
    if isClean { return "no group and no image lies in two splits" }
    let shared = groups.map { entry in
      let splits = Split.allCases.compactMap { split in
        entry.examples[split.rawValue].map { "\(split) (\($0))" }
      }
      return "group '\(entry.group)' lies in \(splits.joined(separator: ", "))"
    }
    let equal = leaks.map { set in
      "same \(set.kind.rawValue): \(set.listed { $0.split?.rawValue ?? "no split" })"
    }
    return Self.cut(shared + equal).joined(separator: "\n")
  }

  /// One line per set of equal images with different labels, the first 20 and the number of all.
  public var warnings: [String] {
    Self.cut(
      conflicts.map { set in
        "same \(set.kind.rawValue), different labels:"
          + " \(set.listed { $0.label ?? "no label" }); decide which is right"
      })
  }

  private static func cut(_ lines: [String]) -> [String] {
    let rest = lines.count - DataProblems.limit
    return lines.prefix(DataProblems.limit) + (rest > 0 ? ["… and \(rest) more"] : [])
  }
}

extension LeakageReport.CopySet {
  /// `a.png (train) = b.png (test)`; the first six, and how many there are.
  fileprivate func listed(_ note: (LeakageReport.Copy) -> String) -> String {
    copies.prefix(6).map { "\($0.path) (\(note($0)))" }.joined(separator: " = ")
      + (copies.count > 6 ? ", … (\(copies.count) \(kind == .values ? "rows" : "images"))" : "")
  }
}
