package import Datasets
import Decisions
package import Randomness
package import Runs
import Sampling

/// Which fold each image is in, and how the rest of a fold is divided: a function of data and key alone.
///
/// Groups, equal images, and near copies where asked for, stay together; every fold has its part of each class, of each label and
/// of what is known not to have it, or of each range of a number, and where clusters are given of each cell of range and cluster.
package struct FoldPlan: Sendable {
  /// The data without a split.
  package let data: Dataset
  /// How many folds there are.
  package let count: Int
  /// Fold of each example, from 1; `nil` of an image that cannot be read.
  package let fold: [Int?]
  private let together: [[Int]]
  private let alike: [[Int]]
  private let key: RandomKey
  private let clusters: [Int]?
  /// Whether every row is a group of its own.
  private let isOfSingles: Bool

  /// Deals data into folds.
  ///
  /// - Parameters:
  ///   - data: labelled; a split of its own is put aside.
  ///   - survey: of `data`.
  ///   - alike: sets of near copies that stay together.
  ///   - count: number of folds, at least 2.
  ///   - clusters: of each example of data of a number, `[N]`. Where no example has a group, each fold has ⌊n/K⌋ or ⌈n/K⌉ of the n
  ///     rows of every range and of every cell.
  ///   - key: decides between equally good folds.
  /// - Throws: `CrossfitError` where a training part would lack a class or show a label one way alone, `DatasetError` for
  ///   images without a label.
  package init(
    _ data: Dataset, _ survey: Survey, alike: [[Int]], count: Int, clusters: [Int]? = nil,
    key: RandomKey
  ) throws {
    var whole = data
    for index in whole.examples.indices { whole.examples[index].split = nil }
    (self.data, self.count, self.alike, self.key) = (whole, count, alike, key)
    self.clusters = clusters
    together = survey.equalImages
    let readable = whole.examples.indices.filter { survey.facts[$0].failure == nil }
    let table = GroupTable(readable, of: whole, together: together + alike, clusters: clusters)
    isOfSingles = table.isOfSingles
    let strata = try FoldStrata(whole, table)
    let groups = table.members
    guard groups.count >= count else {
      throw CrossfitError.tooFewGroups(groups.count, folds: count)
    }
    var source = key.folding("folds").source
    let dealt: [Int]
    if let clusters, table.isOfSingles {
      dealt =
        CellDeal(
          JointCells(groups.flatMap(\.self), of: whole, clusters: clusters),
          shares: [Double](repeating: 1 / Double(count), count: count), using: &source
        ).part
    } else {
      dealt = try GroupedFolds.ofGroups(
        strata.members, sizes: groups.map(\.count), count: count, using: &source)
    }
    var fold = [Int?](repeating: nil, count: whole.examples.count)
    for (group, number) in zip(groups, dealt) { for row in group { fold[row] = number + 1 } }
    self.fold = fold
    try strata.check(fold, count: count)
  }

  /// What to say of the joint cells that every fold has its part of; `nil` where there are none.
  var cellStatement: String? {
    guard let clusters else { return nil }
    let rows = fold.indices.filter { fold[$0] != nil }
    let cells = JointCells(rows, of: data, clusters: clusters)
    return
      "strata: \(Set(cells.range).count) ranges × \(Set(cells.cluster).count) clusters of all rows (no target counts),"
      + " \(cells.count) cells with rows; "
      + (isOfSingles
        ? "every fold has each range and each cell to within one row"
        : "groups and copies stay together, so that folds are as even as these let them be")
  }

  /// The images that are judged, in the order of the data.
  package var table: FoldTable {
    let original = data.originalLabels
    return FoldTable(
      data.examples.indices.compactMap { index in
        let example = data.examples[index]
        let label =
          data.labelNames == nil
          ? example.label.map { original[$0] ?? $0 } : data.labelText(of: index)
        return fold[index].map {
          .init(path: example.path, label: label ?? "", group: example.group ?? "", fold: $0)
        }
      })
  }

  /// The data of one fold's run: the fold is its test, of the others some are validation.
  ///
  /// - Parameters:
  ///   - number: the fold, from 1.
  ///   - fractions: shares of training and validation; that of a test does not count.
  /// - Throws: `DatasetError` as `Splitter`.
  package func split(
    ofFold number: Int, _ fractions: SplitFractions
  ) throws(DatasetError) -> Dataset {
    var parts = data
    for index in parts.examples.indices {
      parts.examples[index].split = fold[index] == number ? .test : .train
    }
    var splitter = Splitter(
      fractions: fractions, key: key.folding("validation").folding(number))
    splitter.clusters = clusters
    return try splitter.split(parts, together: together, alike: alike).dataset
  }

  /// The data of every fold's run, `[K]`, where each training part can be learned from.
  ///
  /// - Parameters:
  ///   - fractions: as of ``split(ofFold:_:)``.
  ///   - settings: of the columns of a table, whose numbers are tried and not kept.
  /// - Throws: `DatasetError` as `Splitter`, and where a training part lacks a class, or shows a label or a number one way alone;
  ///   `EncodingError` where the columns of one cannot become numbers.
  package func parts(
    _ fractions: SplitFractions, _ settings: ColumnSettings = ColumnSettings()
  ) throws -> [Dataset] {
    var found: [Dataset] = []
    for number in 1...count {
      let part = try split(ofFold: number, fractions)
      _ = try part.trainingTargets()
      _ = try part.encoded(by: part.fittedEncoding(settings))
      found.append(part)
    }
    return found
  }
}
