public import Datasets

/// How the parts of the data came about, and what they share.
public struct SplitFacts: Codable, Sendable, Equatable {
  /// What splitting had to say.
  public var statements: [String]
  /// Groups in more than one part.
  public var groups: [LeakageReport.SharedGroup]
  /// Equal images in more than one part.
  public var leaks: [LeakageReport.CopySet]
  /// Equal images with different labels.
  public var conflicts: [LeakageReport.CopySet]
  /// Sets of equal images, leaks and conflicts among them.
  public var duplicates: Int

  /// Images that are the same picture again without being equal; `nil` where they were not looked for.
  public var nearCopies: NearCopyPart?

  enum CodingKeys: String, CodingKey {
    case statements, groups, leaks, conflicts, duplicates
    case nearCopies = "near_copies"
  }

  /// Facts about the parts.
  public init(
    statements: [String] = [], groups: [LeakageReport.SharedGroup] = [],
    leaks: [LeakageReport.CopySet] = [],
    conflicts: [LeakageReport.CopySet] = [], duplicates: Int = 0,
    nearCopies: NearCopyPart? = nil
  ) {
    (self.statements, self.groups) = (statements, groups)
    (self.leaks, self.conflicts, self.duplicates) = (leaks, conflicts, duplicates)
    self.nearCopies = nearCopies
  }

  /// Whether no group and no image lies in two parts.
  public var isClean: Bool { groups.isEmpty && leaks.isEmpty }
}
