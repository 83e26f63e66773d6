public import Datasets
public import Runs

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Images by class and part of the data.
public struct Population: Codable, Sendable, Equatable {
  /// One part of the data.
  public struct Part: Codable, Sendable, Equatable {
    /// `train`, `val` or `test`.
    public var name: String
    /// Images of each class, `[C]`.
    public var counts: [Int]
    /// Different groups (patients, slides); `nil` where the data names none.
    public var groups: Int?

    /// A part.
    public init(name: String, counts: [Int], groups: Int? = nil) {
      (self.name, self.counts, self.groups) = (name, counts, groups)
    }

    /// Images of the part.
    public var total: Int { counts.reduce(0, +) }

    /// Largest class over smallest class that is there; `nil` without images.
    public var imbalanceRatio: Double? {
      guard let largest = counts.max(), let least = counts.filter({ $0 > 0 }).min() else {
        return nil
      }
      return Double(largest) / Double(least)
    }

    /// exp(−Σ π_c ln π_c): as many classes of equal size would be as even as this; `nil` without
    /// images.
    public var effectiveClasses: Double? {
      let total = Double(total)
      guard total > 0 else { return nil }
      return exp(
        counts.filter { $0 > 0 }.map { -Double($0) / total * log(Double($0) / total) }
          .reduce(0, +))
    }
  }

  /// Name of the data set.
  public var name: String?
  /// Digest over path, label, group and part of every image.
  public var digest: String?
  /// Class names, `[C]`.
  public var classes: [String]
  /// Parts, in the order train, val, test.
  public var parts: [Part]
  /// Files that were left out, with the reason.
  public var skipped: [DataRecord.SkippedImage]
  /// What the examples are; `nil` is images.
  public var input: InputKind?

  /// A population of its parts.
  public init(
    name: String? = nil, digest: String? = nil, classes: [String], parts: [Part],
    skipped: [DataRecord.SkippedImage] = [], input: InputKind? = nil
  ) {
    (self.name, self.digest, self.classes) = (name, digest, classes)
    (self.parts, self.skipped, self.input) = (parts, skipped, input)
  }

  /// What several examples are called.
  var noun: String { (input ?? .images).plural }

  /// The part of a name.
  public func part(_ name: String) -> Part? { parts.first { $0.name == name } }
}
