/// How many training examples each class has: all that samplers, losses and methods may know of
/// the data before training.
public struct ClassCounts: Sendable, Equatable, Codable {
  /// `counts[c]` is the number of examples of class `c`, `[C]`; never empty, all positive.
  public let counts: [Int]
  /// Examples of all classes together, N.
  public let total: Int

  /// - Parameter counts: examples of each class, `[C]`.
  /// - Throws: `ClassCountsError` if there is no class, one without an example, or more examples than can be counted.
  public init(_ counts: [Int]) throws(ClassCountsError) {
    guard !counts.isEmpty else { throw .noClasses }
    if let empty = counts.firstIndex(where: { $0 < 1 }) {
      throw .emptyClass(empty, of: counts.count)
    }
    var total = 0
    for count in counts {
      let (sum, overflow) = total.addingReportingOverflow(count)
      guard !overflow else { throw .tooMany }
      total = sum
    }
    (self.counts, self.total) = (counts, total)
  }

  /// Counts `labels`.
  ///
  /// - Parameters:
  ///   - labels: class of every training example, `[N]`, each in `0..<classes`.
  ///   - classes: how many classes there are, C.
  /// - Throws: `ClassCountsError` if a label is outside `0..<classes` or a class has no example.
  public init(labels: [Int], classes: Int) throws(ClassCountsError) {
    guard classes > 0 else { throw .noClasses }
    var counts = [Int](repeating: 0, count: classes)
    for (position, label) in labels.enumerated() {
      guard counts.indices.contains(label) else {
        throw .labelOutOfRange(label, position: position, classes: classes)
      }
      counts[label] += 1
    }
    try self.init(counts)
  }

  /// How many classes there are, C.
  public var count: Int { counts.count }

  /// Examples of the smallest class; at least 1.
  public var rarest: Int { counts.reduce(.max, min) }

  /// Examples of the largest class.
  public var commonest: Int { counts.reduce(0, max) }

  /// The imbalance ratio, n_max / n_min; 1 when balanced.
  public var imbalance: Double { Double(commonest) / Double(rarest) }

  /// P(c) = n_c / N, `[C]`; sums to 1.
  public var priors: [Double] { counts.map { Double($0) / Double(total) } }

  /// Decodes and checks again, so that no file can bring in an empty class.
  ///
  /// - Throws: `ClassCountsError` as ``init(_:)``; `DecodingError`
  ///   where it is no list of whole numbers.
  public init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode([Int].self))
  }

  /// Encodes as the plain list of counts.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(counts)
  }
}
