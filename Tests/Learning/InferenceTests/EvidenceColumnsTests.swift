import Batches
import Evaluation
import Inference
import Networks
import TestSupport
import Testing
import Torch

/// Columns of what experts leave uncertain.
@Suite struct EvidenceColumnsTests {
  private let preprocessing: Preprocessing
  private let numbers = [4, 1, 9, 2, 7]

  init() throws { preprocessing = try SmallModel().preprocessing }

  private func network(_ readout: Readout) throws -> Network {
    try Architectures.named("resnet20").build(
      classes: 3,
      form: NetworkForm(head: .cosine(scale: 8), branches: 3, readout: readout),
      using: Generator(seed: 3))
  }

  private func predictions(_ network: Network, batchSize: Int = 2) throws -> Predictions {
    let set = SmallModel.set(numbers)
    return try Predictor(batchSize: batchSize, workers: 2, autocast: nil, device: .cpu)
      .predictions(on: set, by: network, classes: SmallModel.classes, preprocessing)
  }

  /// Of each image by itself, whatever batch it is in, behind the set's own columns; probabilities are those of the
  /// weighed answer.
  @Test func uncertaintyAndExpertsOfEachImage() throws {
    let network = try network(.evidential(sharpness: 0.2, threshold: 0.54))
    let found = try predictions(network)
    #expect(found.columns.map(\.name) == ["group", "uncertainty", "experts"])
    let set = SmallModel.set(numbers)
    let (_, outputs) = try Predictor(batchSize: 5, workers: 1, autocast: nil, device: .cpu)
      .predictionsAndOutputs(on: set, by: network, classes: SmallModel.classes, preprocessing)
    let heads = (0..<3).map { outputs.logits.narrowed(dim: 1, start: $0, length: 1).squeezed(1) }
    let evidence = Evidence(of: heads)
    #expect(
      difference(
        found.columns[1].values.compactMap(Double.init),
        evidence.uncertainty.scalars(as: Double.self), relative: 1e-4) == nil)
    #expect(
      found.columns[2].values.compactMap(Double.init)
        == evidence.engaged(above: 0.54).scalars(as: Double.self))
    let answer = Readout.evidential(sharpness: 0.2, threshold: 0.54)(heads).softmax(dim: 1)
    #expect(
      difference(found.probabilities, answer.scalars(as: Double.self), absolute: 1e-5) == nil)
  }

  @Test func otherModelsHaveNoSuchColumns() throws {
    #expect(try predictions(try network(.mean)).columns.map(\.name) == ["group"])
  }
}
