import Batches
import Imaging
import Inference
import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch

/// Experts weighed for images without labels.
@Suite struct PredictorExpertsTests {
  private let model: SmallModel
  private let numbers = [9, 4, 7, 1, 12, 3, 20]
  private let network: Network

  init() throws {
    model = try SmallModel()
    network = try Architectures.named("resnet20").build(
      classes: SmallModel.classes.count,
      form: NetworkForm(head: .cosine(scale: 30), branches: 3), using: Generator(seed: 3))
  }

  private func adapted(
    _ set: ExampleSet, workers: Int = 2, seed: UInt64 = 0, skipping: Bool = false
  ) throws -> AdaptedExperts {
    try model.predictor(batchSize: 3, workers: workers).adaptedExperts(
      for: set, of: network, model.preprocessing, method: "sade", seed: seed, skipping: skipping)
  }

  @Test func sameSeedSameWeightsForAnyNumberOfWorkers() throws {
    let one = try adapted(SmallModel.set(numbers), workers: 1)
    #expect(try adapted(SmallModel.set(numbers), workers: 4) == one)
    #expect(try adapted(SmallModel.set(numbers), seed: 1).weights != one.weights)
    #expect(one.images == 7 && one.epochs == 5 && one.seed == 0)
    #expect(close(one.weights.reduce(0, +), 1) && one.weights.count == 3)
    #expect(one.weights.contains { abs($0 - 1.0 / 3) > 1e-4 }, "\(one.weights)")
    #expect((0...1.000001).contains(one.firstAgreement))
  }

  /// Labels are not looked at, and the network keeps its bytes.
  @Test func labelsAreNotLookedAt() throws {
    let before = network.stateDict.mapValues { $0.scalars(as: Double.self) }
    let set = SmallModel.set(numbers)
    let blind = ExampleSet(
      paths: set.paths, labels: set.paths.map { _ in nil }, groups: set.groups, content: set.content
    )
    #expect(try adapted(blind) == adapted(set))
    #expect(before == network.stateDict.mapValues { $0.scalars(as: Double.self) })
  }

  /// An image that cannot be read counts for nothing where it is to be passed over.
  @Test func unreadableImagesArePassedOver() throws {
    let set = SmallModel.set(numbers, unreadable: [12, 3])
    let found = try adapted(set, skipping: true)
    #expect(found.images == 5)
    #expect(throws: ImageError.self) { try adapted(set) }
    let none = SmallModel.set([12], unreadable: [12])
    #expect(throws: AdaptationError.noImages) { try adapted(none, skipping: true) }
  }

  @Test func whatCannotBeWeighed() throws {
    #expect(throws: AdaptationError.oneHead(method: "erm")) {
      try model.predictor().adaptedExperts(
        for: SmallModel.set(numbers), of: model.network, model.preprocessing, method: "erm")
    }
    #expect(
      AdaptationError.oneHead(method: "erm").description
        == "the model, trained by 'erm', has one head, so there are no experts to weigh; a method such as"
        + " sade trains several")
    let still = try Preprocessing(
      size: ImageSize(8), preset: .none,
      normalization: #require(model.preprocessing.images).normalization)
    #expect(throws: AdaptationError.noViews) {
      try model.predictor().adaptedExperts(
        for: SmallModel.set(numbers), of: network, still, method: "sade")
    }
    #expect(
      AdaptationError.noViews.description
        == "the model was trained without augmentation, so two views of an example are equal and say nothing"
        + " about its experts; train it on images with an augmentation")
    #expect(
      AdaptationError.noImages.description
        == "there is no image that can be read, so there is nothing to weigh experts for")
  }
}
