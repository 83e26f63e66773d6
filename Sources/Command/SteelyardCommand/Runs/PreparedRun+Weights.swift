import Batches
import Imaging
import Inference
import Networks
import Runs
import Torch
import Training
import Weights

/// Weights and an adapter to begin with.
extension PreparedRun {
  /// The weights to begin with, if any; they are tried before anything is written.
  /// - Throws: `WeightsError` for a file that holds none, `WeightsMismatch` for those of another network.
  func pretrained() throws -> StateDict? {
    guard let path = resolved.values.pretrained else { return nil }
    let architecture = try Architectures.named(plan.architecture)
    let weights = try PretrainedFile.read(path, for: architecture.name)
    try WeightsOrigin.check(path, for: architecture)
    let network = architecture.build(
      classes: training.classes.count, inputs: plan.preprocessing.width,
      form: NetworkForm(pooling: plan.pooling), using: Generator(seed: 0))
    do throws(WeightsError) {
      _ = try network.loadPretrained(weights)
    } catch {
      throw WeightsMismatch(
        error, weights, of: try Architectures.named(plan.architecture).input,
        inputs: plan.preprocessing.width)
    }
    // Before anything is written.
    try adapter()?.check(over: network)
    return weights
  }

  /// The adapter to begin with, if any.
  /// - Throws: `FileError`, `WeightsError` or `AdapterFileError` for a folder that holds none.
  func adapter() throws -> AdapterFile? {
    try resolved.values.adapter.map { path in try AdapterFile.read(path) }
  }

  /// Where weights to begin with are to be had, for a run that has none and would gain by them.
  var weightsHint: String? {
    plan.preprocessing.images.flatMap {
      PublishedWeights.hint(resolved.values, images: training.train.count, side: $0.size.width)
    }
  }

  /// What became of pretrained weights, in lines, with what the file does not say of itself.
  func describePretrained(_ report: LoadReport) -> [String] {
    let lines = WeightsText.lines(report)
    guard !report.settlesTwin, let path = resolved.values.pretrained,
      let architecture = try? Architectures.named(plan.architecture),
      let doubt = WeightsOrigin.doubt(path, for: architecture)
    else { return lines }
    return lines + [doubt]
  }
}
