import Sampling

/// What is spread evenly over the splits: examples of each class, of each label, or with a number in each range.
struct Strata {
  /// Classes, labels or ranges: the first strata.
  let names: ClassList
  /// Strata in all.
  let count: Int
  /// The strata of an example, by its place in the data.
  let of: (Int) -> [Int]

  /// - Parameters:
  ///   - indices: the examples.
  ///   - data: which they index.
  ///   - clusters: of each example of data of a number; cells of a range and a cluster are strata then, behind the ranges.
  ///   - least: examples of such a cell; what is smaller is spread by its range alone.
  init(_ indices: [Int], of data: Dataset, clusters: [Int]? = nil, least: Double = 1) {
    if let labels = LabelStrata(indices, of: data) {
      (names, count, of) = (labels.names, labels.count, labels.of)
    } else if data.numberName != nil, !indices.isEmpty {
      let bins = ValueBins(of: data.numbers(of: indices), count: NumberTable.binCount)
      let lows = bins.ranges.map(\.low)
      names = ClassList(ordered: bins.names)
      let cell = CellStrata(indices, of: data, clusters: clusters, least: least)
      count = bins.count + cell.count
      of = { index in
        data.examples[index].number.map {
          [ValueBins.place(of: $0, among: lows)]
            + (cell.number[index].map { [bins.count + $0] } ?? [])
        } ?? []
      }
    } else {
      let classes = ClassList(Set(indices.compactMap { data.examples[$0].label }))
      (names, count) = (classes, classes.count)
      of = { [data.examples[$0].label.flatMap(classes.index(of:))].compactMap(\.self) }
    }
  }
}
