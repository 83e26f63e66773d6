public import Randomness
import Requirements
import Sampling

/// Data with a split for every example, and what must be said about it.
public struct SplitResult: Sendable {
  /// The data; every example has its split.
  public let dataset: Dataset
  /// What was kept, made, or could not be reached.
  public let statements: [SplitStatement]
}

/// Makes train, val and test parts: stratified by class, no group in two of them, and the same for
/// the same key, whatever the order of the examples.
///
/// ```swift
/// let survey = Survey(data, threads: 2)
/// let result = try Splitter(key: RandomKey(seed: 0)).split(data, together: survey.equalImages)
/// ```
///
/// Data that have splits keep them; only a missing val is cut from train. Examples without a group
/// are groups of one. How groups are placed is said at `GroupAssignment`; on the 621 smears of
/// Chula RBC-12 at 60/20/20 the classes' shares are off by less than a tenth of what
/// `StratifiedGroupKFold` of scikit-learn 1.9 leaves (see `Goldens/Datasets/split.py`).
public struct Splitter: Sendable {
  /// How large each split shall be.
  public var fractions: SplitFractions
  /// Examples of each class wanted in each split, k; a statement says where it cannot be.
  public var minimum: Int
  /// Decides between equally good splits.
  public var key: RandomKey
  /// Cluster of each example, `[N]`, of data of a number: joint cells of range and cluster are spread too. Where no example has a
  /// group, each part then has its share of every range and every cell to within 2 rows (`CellDeal`), whatever the ``minimum``; else
  /// cells count as ranges do where every part could have a row of them.
  public var clusters: [Int]?

  /// A splitter.
  ///
  /// - Parameters:
  ///   - fractions: share of each split; one of 0 is left out.
  ///   - minimum: examples of each class wanted in each split, at least 1.
  ///   - key: randomness.
  /// - Precondition: `minimum` is at least 1.
  public init(fractions: SplitFractions = .standard, minimum: Int = 1, key: RandomKey) {
    require(minimum >= 1, "Splitter: expected a minimum of at least 1, got \(minimum)")
    self.fractions = fractions
    self.minimum = minimum
    self.key = key.folding("split")
  }

  /// The data with every example in a split.
  ///
  /// - Parameters:
  ///   - data: labelled.
  ///   - together: sets of examples, each `[M]` indices into `data.examples`, that are not parted
  ///     either; groups that share one become one. Meant for ``Survey/equalImages``.
  ///   - alike: the same, of images that are alike. Meant for ``NearCopies/sets(count:)``.
  /// - Returns: the data with their splits. Data that have train and no val stay without one where
  ///   its share is 0.
  /// - Throws: ``DatasetError/problems(_:)`` when an example of data without ``Dataset/labelNames``
  ///   has no label, or some have a split and others none; ``DatasetError/emptySplit(_:present:)``
  ///   when the data's own splits lack training.
  public func split(
    _ data: Dataset, together: [[Int]] = [], alike: [[Int]] = []
  ) throws(DatasetError) -> SplitResult {
    try check(data)
    let present = data.splits
    if present.isEmpty {
      let wanted = Split.allCases.filter { fractions.share(of: $0) > 0 }
      let (dataset, statements) = assign(
        Array(data.examples.indices), of: data, to: wanted, together, alike)
      return SplitResult(
        dataset: dataset, statements: [.made(wanted, groups: groups(of: data))] + statements)
    }
    guard present.contains(.train) else { throw .emptySplit(.train, present: present) }
    var statements: [SplitStatement] = [.kept(present)]
    if !present.contains(.test) { statements.append(.noTest) }
    guard !present.contains(.val), fractions.val > 0 else {
      return SplitResult(dataset: data, statements: statements)
    }
    let training = data.examples.indices.filter { data.examples[$0].split == .train }
    let (dataset, more) = assign(training, of: data, to: [.train, .val], together, alike)
    let cut = dataset.examples.count { $0.split == .val }
    return SplitResult(
      dataset: dataset, statements: statements + [.validationCut(images: cut)] + more)
  }

  /// The groups of the data, examples without one being groups of their own; nil when none has one.
  private func groups(of data: Dataset) -> Int? {
    let names = data.examples.compactMap(\.group)
    return names.isEmpty ? nil : Set(names).count + data.examples.count - names.count
  }

  private func check(_ data: Dataset) throws(DatasetError) {
    var problems = DataProblems()
    let isSplit = data.examples.contains { $0.split != nil }
    for example in data.examples {
      if example.label == nil && data.labelNames == nil {
        problems.add(.emptyLabel, at: example.origin)
      }
      if isSplit && example.split == nil { problems.add(.emptySplit, at: example.origin) }
    }
    try problems.check()
  }

  private func assign(
    _ members: [Int], of data: Dataset, to splits: [Split], _ together: [[Int]], _ alike: [[Int]]
  ) -> (Dataset, [SplitStatement]) {
    let whole = splits.reduce(0) { $0 + fractions.share(of: $1) }
    let shares = splits.map { fractions.share(of: $0) / whole }
    let clusters = data.numberName == nil || members.isEmpty ? nil : clusters
    let table = GroupTable(
      members, of: data, together: together + alike, clusters: clusters,
      least: 1 / (shares.min() ?? 1))
    let places: [Int]
    if let clusters, table.isOfSingles {
      places = dealt(table.members.flatMap(\.self), of: data, clusters, shares)
    } else {
      places =
        GroupAssignment(
          groups: table.counts, totals: table.totals, shares: shares,
          priorities: splits.map { $0 == .train ? 4 : $0 == .test ? 2 : 1 }, minimum: minimum,
          wanted: clusters == nil ? table.totals.count : table.classes.count
        ).best(key: key)
    }
    var result = data
    for (group, place) in places.enumerated() {
      for index in table.members[group] { result.examples[index].split = splits[place] }
    }
    let all = Set(members)
    let kept =
      counted(together, among: all).map { .equalsTogether(images: $0, sets: $1) }
      + counted(alike, among: all).map { SplitStatement.nearCopiesTogether(images: $0, sets: $1) }
    let cells = clusters.map { clusters in
      let cells = JointCells(members, of: data, clusters: clusters)
      return SplitStatement.cells(
        ranges: Set(cells.range).count, clusters: Set(cells.cluster).count, cells: cells.count,
        isExact: table.isOfSingles)
    }
    return (
      result,
      kept + [cells].compactMap(\.self)
        + shortages(table, places, splits, isDealt: clusters != nil && table.isOfSingles)
    )
  }

  /// The part of each row, dealt cell by cell.
  private func dealt(
    _ rows: [Int], of data: Dataset, _ clusters: [Int], _ shares: [Double]
  ) -> [Int] {
    var source = key.folding("cells").source
    return CellDeal(
      JointCells(rows, of: data, clusters: clusters), shares: shares, using: &source
    ).part
  }

  /// How many of `members` are in sets with others of them, and in how many sets; none where none is.
  private func counted(
    _ together: [[Int]], among members: Set<Int>
  ) -> [(images: Int, sets: Int)] {
    let sizes = together.map { set in set.count { members.contains($0) } }.filter { $0 > 1 }
    return sizes.isEmpty ? [] : [(sizes.reduce(0, +), sizes.count)]
  }

  /// A statement for each class that has fewer than k examples in a split.
  private func shortages(
    _ table: GroupTable, _ places: [Int], _ splits: [Split], isDealt: Bool
  ) -> [SplitStatement] {
    var counts = [[Int]](
      repeating: [Int](repeating: 0, count: splits.count), count: table.totals.count)
    var holders = [Int](repeating: 0, count: table.totals.count)
    for (group, place) in places.enumerated() {
      for (label, count) in table.counts[group] {
        counts[label][place] += count
        holders[label] += 1
      }
    }
    var statements: [SplitStatement] = []
    for (label, name) in table.classes.names.enumerated() {
      let lacking = splits.indices.filter { counts[label][$0] < minimum }.map { splits[$0] }
      guard !lacking.isEmpty else { continue }
      let needed = minimum * splits.count
      if table.totals[label] < needed {
        statements.append(
          .tooFewExamples(
            label: name, examples: table.totals[label], needed: needed, lacking: lacking))
      } else if isDealt {
        statements.append(
          .shareTooSmall(label: name, examples: table.totals[label], lacking: lacking))
      } else if holders[label] < splits.count {
        statements.append(
          .tooFewGroups(
            label: name, groups: holders[label], splits: splits.count, lacking: lacking))
      } else {
        statements.append(.notReached(label: name, minimum: minimum, lacking: lacking))
      }
    }
    return statements
  }
}
