import Randomness
import Requirements

/// Joint cells of a number's range and a cluster of the rows drawn alike, small ones up to a cap.
///
/// An epoch of N rows has exactly q_c of cell c (``CellQuotas``): a cell of at least q_c rows gives so many of them, none twice, others
/// in each epoch; a smaller one gives every row ⌊q_c / n_c⌋ times, and some once more. So a rare number is met more often, and among
/// equal numbers a rare kind of row, but no row of a cell of one is met more than ⌊cap⌋ times.
///
/// Source: sampling stratified by score and embedding, as in regression of empathy from essays (WASSA shared tasks); their code of it
/// is not published, and the cap is ours.
public struct CellSampler: Sampler, Equatable {
  /// Cell of each training example.
  public let cells: JointCells
  /// How often a row may be drawn an epoch, in the mean of its cell, at least 1.
  public let cap: Double

  /// - Parameters:
  ///   - cells: of the training examples, `[N]` rows, whose ranges are what stands in for classes.
  ///   - cap: how often a row may be drawn an epoch, in the mean of its cell, at least 1; 1 draws every row once.
  /// - Precondition: both are in range.
  public init(_ cells: JointCells, cap: Double) {
    require(
      cells.count > 0 && cap >= 1 && cap.isFinite,
      "CellSampler: expected cells with rows and a cap of at least 1, got \(cells.count) and \(cap)"
    )
    (self.cells, self.cap) = (cells, cap)
  }

  /// q, draws of each cell in an epoch, `[C]`; sums to N.
  public var quotas: [Int] {
    CellQuotas(sizes: cells.sizes, draws: cells.ofRow.count, cap: cap).values
  }

  /// Indices `[N]`, every cell as often as its quota says.
  ///
  /// - Precondition: as many labels as rows of the cells.
  public func indices(
    for labels: [Int], classes: ClassCounts, progress: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    require(
      labels.count == cells.ofRow.count,
      "CellSampler: expected \(cells.ofRow.count) labels, got \(labels.count)")
    var members = [[Int]](repeating: [], count: cells.count)
    for (row, cell) in cells.ofRow.enumerated() { members[cell].append(row) }
    var drawn: [Int] = []
    for (own, quota) in zip(members, quotas) {
      for _ in 0..<quota / own.count { drawn += own }
      drawn += generator.shuffle(own.count).prefix(quota % own.count).map { own[$0] }
    }
    return generator.shuffle(drawn.count).map { drawn[$0] }
  }

  /// Σ q_c / N over the cells of each range, `[C]`.
  ///
  /// - Precondition: a class for each range.
  public func distribution(for classes: ClassCounts, progress: Double) -> [Double] {
    require(
      cells.range.allSatisfy { $0 < classes.count },
      "CellSampler: expected ranges below \(classes.count), got \(cells.range)")
    var shares = [Double](repeating: 0, count: classes.count)
    for (range, quota) in zip(cells.range, quotas) {
      shares[range] += Double(quota) / Double(cells.ofRow.count)
    }
    return shares
  }
}
