import Files
import Inference
import Networks
import Plans
import Runs
import Sampling
import Sessions
import Torch

/// `collapse.csv`: how far features and last layer have collapsed after each epoch, on the training images, by the
/// weights that are validated.
struct CollapseLog {
  /// The measures after an epoch.
  struct Row: Codable, Equatable {
    /// From 1.
    var epoch: Int
    var measures: NeuralCollapse
  }

  static let header = [
    "epoch", "nc1", "equinorm", "equiangle", "maximal_angle", "nc3", "rare_angle",
    "rare_weight_angle",
  ]

  /// Writes all rows, atomically; what is undefined is an empty cell.
  static func write(_ rows: [Row], to path: String) throws(FileError) {
    let cells = rows.map { row in
      let m = row.measures
      let numbers = [
        m.variability, m.equinorm, m.equiangle, m.maximalAngle, m.duality, m.rareAngle,
        m.rareWeightAngle,
      ]
      return ["\(row.epoch)"] + numbers.map { $0.map { "\(Float($0))" } ?? "" }
    }
    try DelimitedWriter.write(columns: header, rows: cells, to: path)
  }
}

extension Trainer {
  /// Measures the collapse of the epoch that has just ended, where the plan asks for it.
  func noteCollapse() throws {
    guard plan.recordsCollapse, !network.givesImages else { return }
    let source = data.train.source(
      for: .evaluation, plan.preprocessing.withoutCrops, workers: plan.workers)
    let features = try session.withAveragedWeights {
      try predictor.features(of: source, by: network) { _ in
        if shouldStop() { throw StopRequested() }
      }
    }
    let rows = network.heads.map(\.classRows)
    let weights =
      rows.contains { $0 == nil } ? nil : Tensor.concatenated(rows.compactMap(\.self), dim: 1)
    let measures = NeuralCollapse(
      features, data.labels, counts: data.counts.counts,
      weights: weights.flatMap { $0.shape[0] == data.classes.count ? $0 : nil })
    state.collapse = (state.collapse ?? []) + [.init(epoch: state.epoch + 1, measures: measures)]
  }

  /// Writes what was measured so far.
  func writeCollapse() throws {
    guard let directory, let rows = state.collapse else { return }
    try CollapseLog.write(rows, to: FilePath.join(directory.path, "collapse.csv"))
  }
}
