package import Datasets
import Decisions
package import Randomness
package import Runs

/// Which fold each image is in, and how the rest of a fold is divided: a function of data and key alone.
///
/// Groups, equal images, and near copies where asked for, stay together; every fold has its part of each class.
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

  /// Deals data into folds.
  ///
  /// - Parameters:
  ///   - data: labelled; a split of its own is put aside.
  ///   - survey: of `data`.
  ///   - alike: sets of near copies that stay together.
  ///   - count: number of folds, at least 2.
  ///   - key: decides between equally good folds.
  /// - Throws: `CrossfitError` where a training part would lack a class, `DatasetError` for images without a
  ///   label.
  package init(
    _ data: Dataset, _ survey: Survey, alike: [[Int]], count: Int, key: RandomKey
  ) throws {
    var whole = data
    for index in whole.examples.indices { whole.examples[index].split = nil }
    let classes = try whole.trainingClasses()
    let labels = try whole.labelled(nil, classes: classes).labels
    (self.data, self.count, self.alike, self.key) = (whole, count, alike, key)
    together = survey.equalImages
    let readable = whole.examples.indices.filter { survey.facts[$0].failure == nil }
    let groups = GroupTable(readable, of: whole, together: together + alike).members
    guard groups.count >= count else {
      throw CrossfitError.tooFewGroups(groups.count, folds: count)
    }
    let rows = groups.joined().map { $0 }
    let names = groups.indices.flatMap { group in groups[group].map { _ in String(group) } }
    var source = key.folding("folds").source
    let dealt = try GroupedFolds(
      truths: rows.map { labels[$0] }, classes: classes.count, groups: names, count: count,
      using: &source)
    var fold = [Int?](repeating: nil, count: whole.examples.count)
    for (row, number) in zip(rows, dealt.fold) { fold[row] = number + 1 }
    self.fold = fold
    try Self.check(groups, labels, classes, fold, count)
  }

  private static func check(
    _ groups: [[Int]], _ labels: [Int], _ classes: ClassList, _ fold: [Int?], _ count: Int
  ) throws(CrossfitError) {
    let used = Set(fold.compactMap(\.self)).count
    guard used == count else { throw .tooFewGroups(used, folds: count) }
    for (label, name) in classes.names.enumerated() {
      let holders = groups.filter { group in group.contains { labels[$0] == label } }
      let places = Set(holders.joined().filter { labels[$0] == label }.compactMap { fold[$0] })
      if holders.count == 1 {
        throw .oneGroup(label: name, images: holders[0].count { labels[$0] == label })
      }
      if places.count == 1, let place = places.first {
        throw .missingClass(label: name, fold: place, groups: holders.count)
      }
    }
  }

  /// The images that are judged, in the order of the data.
  package var table: FoldTable {
    let original = data.originalLabels
    return FoldTable(
      zip(data.examples, fold).compactMap { example, fold in
        fold.map {
          .init(
            path: example.path,
            label: example.label.map { original[$0] ?? $0 } ?? "", group: example.group ?? "",
            fold: $0)
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
    return try Splitter(fractions: fractions, key: key.folding("validation").folding(number))
      .split(parts, together: together, alike: alike).dataset
  }
}
