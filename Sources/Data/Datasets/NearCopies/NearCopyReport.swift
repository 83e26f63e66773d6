/// The near copies of a data set by name, for reports: which lie in two splits, and which contradict each
/// other.
public struct NearCopyReport: Codable, Sendable, Equatable {
  /// Two images that show the same.
  public struct Pair: Codable, Sendable, Equatable {
    /// The earlier in the order of the data.
    public let left: LeakageReport.Copy
    /// The later.
    public let right: LeakageReport.Copy
    /// Correlation of their grey values, one laid on the other, 0.988…1.
    public let correlation: Double

    /// Whether they lie in different splits.
    public var crossesSplits: Bool {
      left.split != nil && right.split != nil && left.split != right.split
    }
    /// Whether they carry different labels.
    public var contradicts: Bool {
      left.label != nil && right.label != nil && left.label != right.label
    }
  }

  /// All pairs: those in two splits first, then those with different labels, then by correlation.
  public let pairs: [Pair]

  /// The pairs in two splits.
  public var crossing: [Pair] { pairs.filter(\.crossesSplits) }
  /// The pairs with different labels.
  public var contradicting: [Pair] { pairs.filter(\.contradicts) }

  /// Names the near copies of `dataset`.
  public init(_ dataset: Dataset, _ copies: NearCopies) {
    func copy(_ index: Int) -> LeakageReport.Copy {
      let example = dataset.examples[index]
      return LeakageReport.Copy(
        path: example.path, split: example.split, label: dataset.labelText(of: index))
    }
    let named = copies.pairs.map { pair in
      // Four digits: the rest is noise, and the same for every processor so.
      let correlation = (Double(1 - pair.distance) * 10_000).rounded() / 10_000
      return Pair(left: copy(pair.left), right: copy(pair.right), correlation: correlation)
    }
    func rank(_ pair: Pair) -> Int { pair.crossesSplits ? 0 : pair.contradicts ? 1 : 2 }
    pairs = named.enumerated()
      .sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
  }
}

extension NearCopyReport: CustomStringConvertible {
  /// A line for each pair in two splits, the first 20 and the number of all.
  public var description: String {
    if crossing.isEmpty { return "no near copies in two splits" }
    return Self.lines(crossing) { $0.split?.rawValue ?? "no split" }.joined(separator: "\n")
  }

  /// A line for each pair, the first 20 and the number of all.
  ///
  /// - Parameters:
  ///   - pairs: which.
  ///   - note: what stands behind each path.
  package static func lines(
    _ pairs: [Pair], _ note: (LeakageReport.Copy) -> String
  ) -> [String] {
    let lines = pairs.prefix(DataProblems.limit).map { pair in
      "near copy: \(pair.left.path) (\(note(pair.left))) ~ \(pair.right.path) (\(note(pair.right)))"
    }
    let rest = pairs.count - DataProblems.limit
    return lines + (rest > 0 ? ["… and \(rest) more"] : [])
  }
}
