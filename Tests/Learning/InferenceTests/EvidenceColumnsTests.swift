import Batches
import Evaluation
import Inference
import Networks
import OrderedCollections
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

  /// With a router how many experts were asked, of each image whatever batch it is in; the model is read back with it.
  @Test func expertsOfARouter() throws {
    let network = try network(.mean).withNewRouter(using: Generator(seed: 4))
    let set = SmallModel.set(numbers)
    let (_, outputs) = try Predictor(batchSize: 5, workers: 1, autocast: nil, device: .cpu)
      .predictionsAndOutputs(on: set, by: network, classes: SmallModel.classes, preprocessing)
    #expect(outputs.logits.shape == [5, 3, 3], "all experts are seen where they are asked for")
    let heads = (0..<3).map { outputs.logits.narrowed(dim: 1, start: $0, length: 1).squeezed(1) }
    let features = (0..<3).map { outputs.features.narrowed(dim: 1, start: 64 * $0, length: 64) }
    let bias = try #require(network.stateDict["router.choice.bias"])
    withoutGradients {
      bias.fill(0)
      let scores = network.routing(of: features, heads, Context())[0].scalars(as: Float.self)
      bias.fill(Double(-(scores.sorted()[1] + scores.sorted()[2]) / 2))
    }
    let found = try predictions(network)
    #expect(found.columns.map(\.name) == ["group", "experts"])
    let engaged = found.columns[1].values.compactMap(Int.init)
    #expect(engaged.count { $0 == 1 } == 2 && engaged.allSatisfy { (1...3).contains($0) })
    let expected = zip(engaged, 0...).flatMap { count, row in
      withoutGradients {
        Readout.mean(heads.prefix(count).map { $0.narrowed(dim: 0, start: row, length: 1) })
          .softmax(dim: 1).scalars(as: Double.self)
      }
    }
    #expect(difference(found.probabilities, expected, absolute: 1e-5) == nil)
    #expect(try predictions(network, batchSize: 5).columns[1].values == found.columns[1].values)
    try withTemporaryFolder { folder in
      let path = folder + "/model.safetensors"
      try ModelFile.write(
        network.stateDict,
        ModelDescription(
          architecture: "resnet20", classes: SmallModel.classes, trainingCounts: [3, 2, 1],
          preprocessing: preprocessing, method: "ride", epoch: 1, form: network.form), to: path)
      let read = try ModelFile.read(path, on: .cpu).network
      #expect(read.form == network.form)
      #expect(try predictions(read).probabilities == found.probabilities)
    }
  }

  @Test func otherModelsHaveNoSuchColumns() throws {
    #expect(try predictions(try network(.mean)).columns.map(\.name) == ["group"])
  }
}
