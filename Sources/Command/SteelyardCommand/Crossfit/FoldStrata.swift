import Datasets

/// What every fold gets its part of: images of each class, with and without each label, or with a number in each range.
struct FoldStrata {
  /// Images of each stratum in each group, `[G][S]`.
  let members: [[Int]]
  private let data: Dataset
  private let groups: [[Int]]
  /// The classes and the class of each image; nil of labels and numbers.
  private let classes: (names: [String], labels: [Int])?

  /// A label has two strata, of the images that have it and of those known not to, so that one that nearly all have is spread as one
  /// that few have; images without any are spread by a stratum of all.
  ///
  /// - Parameters:
  ///   - data: without a split.
  ///   - table: its groups.
  /// - Throws: `DatasetError` for images without a label, for labels or a number that all images agree in.
  init(_ data: Dataset, _ table: GroupTable) throws(DatasetError) {
    (self.data, groups) = (data, table.members)
    let found = try data.trainingTargets()
    if let labels = data.labelNames {
      classes = nil
      members = table.members.map { Self.members($0, of: data, labels: labels.count) }
      return
    }
    guard data.target == .classes else {
      classes = nil
      members = table.counts.map { counts in
        var row = [Int](repeating: 0, count: table.totals.count)
        for (stratum, count) in counts { row[stratum] = count }
        return row
      }
      return
    }
    let labels = try data.labelled(nil, classes: found).labels
    classes = (found.names, labels)
    members = table.members.map { group in
      var row = [Int](repeating: 0, count: found.count)
      for index in group { row[labels[index]] += 1 }
      return row
    }
  }

  /// Images of a group that have each label, those known not to, and all, `[2 L + 1]`.
  private static func members(_ group: [Int], of data: Dataset, labels: Int) -> [Int] {
    var row = [Int](repeating: 0, count: 2 * labels + 1)
    row[2 * labels] = group.count
    for index in group {
      for (label, entry) in (data.examples[index].labels ?? []).enumerated() {
        if let entry { row[2 * label + (entry ? 0 : 1)] += 1 }
      }
    }
    return row
  }

  /// Refuses folds whose training part lacks a class, or shows a label one way alone.
  ///
  /// - Parameters:
  ///   - fold: of each image, from 1; nil where it cannot be read.
  ///   - count: number of folds.
  /// - Throws: `CrossfitError`.
  func check(_ fold: [Int?], count: Int) throws(CrossfitError) {
    let used = Set(fold.compactMap(\.self)).count
    guard used == count else { throw .tooFewGroups(used, folds: count) }
    try checkClasses(fold)
    for (label, name) in (data.labelNames ?? []).enumerated() {
      for isThere in [true, false] {
        let rows = data.examples.indices.filter {
          fold[$0] != nil && data.examples[$0].labels?[label] == isThere
        }
        let own = Set(rows)
        guard Set(rows.compactMap { fold[$0] }).count == 1 else { continue }
        throw .labelInOneFold(
          label: name, isThere: isThere, images: rows.count,
          groups: groups.count { $0.contains(where: own.contains) })
      }
    }
  }

  private func checkClasses(_ fold: [Int?]) throws(CrossfitError) {
    guard let (names, labels) = classes else { return }
    for (label, name) in names.enumerated() {
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
}
