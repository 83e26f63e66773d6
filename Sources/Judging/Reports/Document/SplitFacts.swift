/// How the parts of the data came about, and what they share.
public struct SplitFacts: Codable, Sendable, Equatable {
  /// A group with images in more than one part.
  public struct SharedGroup: Codable, Sendable, Equatable {
    /// The group.
    public var group: String
    /// Images of it in each part.
    public var examples: [String: Int]

    /// A shared group.
    public init(group: String, examples: [String: Int]) {
      (self.group, self.examples) = (group, examples)
    }
  }

  /// Images that are equal.
  public struct Copies: Codable, Sendable, Equatable {
    /// One of them.
    public struct Copy: Codable, Sendable, Equatable {
      /// Its path.
      public var path: String
      /// Its part, if it has one.
      public var split: String?
      /// Its class, if it has one.
      public var label: String?

      /// A copy.
      public init(path: String, split: String? = nil, label: String? = nil) {
        (self.path, self.split, self.label) = (path, split, label)
      }
    }

    /// `bytes` or `pixels`: how far they are equal.
    public var kind: String
    /// All of them.
    public var copies: [Copy]

    /// Equal images.
    public init(kind: String, copies: [Copy]) { (self.kind, self.copies) = (kind, copies) }
  }

  /// What splitting had to say.
  public var statements: [String]
  /// Groups in more than one part.
  public var groups: [SharedGroup]
  /// Equal images in more than one part.
  public var leaks: [Copies]
  /// Equal images with different labels.
  public var conflicts: [Copies]
  /// Sets of equal images, leaks and conflicts among them.
  public var duplicates: Int

  /// Facts about the parts.
  public init(
    statements: [String] = [], groups: [SharedGroup] = [], leaks: [Copies] = [],
    conflicts: [Copies] = [], duplicates: Int = 0
  ) {
    (self.statements, self.groups) = (statements, groups)
    (self.leaks, self.conflicts, self.duplicates) = (leaks, conflicts, duplicates)
  }

  /// Whether no group and no image lies in two parts.
  public var isClean: Bool { groups.isEmpty && leaks.isEmpty }
}
