package import Sampling

/// Joint cells of range and cluster that are large enough to be strata, numbered from 0.
struct CellStrata {
  /// The number of an example's cell, by its place in the data; none of one in a cell that is too small.
  let number: [Int: Int]
  /// How many there are.
  let count: Int

  /// - Parameters:
  ///   - indices: the examples.
  ///   - data: which they index, of a number.
  ///   - clusters: of each example; nil makes no cell.
  ///   - least: examples of a cell.
  init(_ indices: [Int], of data: Dataset, clusters: [Int]?, least: Double) {
    guard let clusters else {
      (number, count) = ([:], 0)
      return
    }
    let cells = JointCells(indices, of: data, clusters: clusters)
    let large = (0..<cells.count).filter { Double(cells.sizes[$0]) >= least }
    let place = Dictionary(uniqueKeysWithValues: large.enumerated().map { ($1, $0) })
    number = Dictionary(
      uniqueKeysWithValues: zip(indices, cells.ofRow).compactMap { index, cell in
        place[cell].map { (index, $0) }
      })
    count = large.count
  }
}

extension JointCells {
  /// Cells of the ranges in which the numbers of some examples lie, as splits and folds have them, and of their clusters.
  ///
  /// - Parameters:
  ///   - indices: the examples, `[M]`, at least one.
  ///   - data: which they index, of a number.
  ///   - clusters: of each example of the data, `[N]`.
  package init(_ indices: [Int], of data: Dataset, clusters: [Int]) {
    self.init(
      ranges: NumberTable(data.numbers(of: indices)).places,
      clusters: indices.map { clusters[$0] })
  }
}
