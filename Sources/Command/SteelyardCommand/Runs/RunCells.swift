package import Batches
import Console
package import Datasets
import Randomness
package import Sampling

/// The joint cells that a run of a number was asked to draw alike, made of its training part alone.
package struct RunCells {
  /// What draws.
  package let sampler: CellSampler
  private let training: NumberTable
  private let clusters: Int

  /// - Parameters:
  ///   - clusters: k, at least 1.
  ///   - cap: how often a row may be drawn an epoch, at least 1.
  ///   - table: the numbers of the training part.
  ///   - set: its rows.
  ///   - seed: of the run.
  /// - Throws: `DatasetError.badParameter` for images, and as ``RowClusters``.
  package init(
    clusters: Int, cap: Double, _ table: NumberTable, of set: ExampleSet, seed: UInt64
  ) throws(DatasetError) {
    guard case .rows(let rows, let members) = set.content else {
      throw .badParameter(
        name: "cells", value: "\(clusters) clusters of images",
        expected: "rows of features, which steelyard embed makes of images")
    }
    let found = try RowClusters(
      rows, members: members, count: clusters, option: "cells",
      key: RandomKey(seed: seed).folding("cells"))
    sampler = CellSampler(
      JointCells(ranges: table.places, clusters: found.ofRow), cap: cap)
    (self.training, self.clusters) = (table, found.count)
  }

  /// What to say of them when training starts.
  package var statement: String {
    let (cells, quotas) = (sampler.cells, sampler.quotas)
    let most = quotas.max() ?? 0
    let cap =
      sampler.cap == sampler.cap.rounded()
      ? "\(Int(sampler.cap))" : Format.decimal(sampler.cap, places: 2)
    return
      "cells: \(Format.count(training.bins.count)) ranges × \(Format.count(clusters)) clusters of the training rows,"
      + " \(Format.count(cells.count)) with rows; of the \(Format.count(cells.ofRow.count)) draws of an epoch each has up to"
      + " \(Format.count(most)), \(Format.count(quotas.count { $0 < most - 1 })) small ones fewer, at most \(cap) a row in the mean"
  }
}
