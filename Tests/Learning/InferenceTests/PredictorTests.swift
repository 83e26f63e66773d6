import Batches
import Evaluation
import Foundation
import Imaging
import Inference
import Networks
import OrderedCollections
import Randomness
import TestSupport
import Testing
import Torch

@Suite struct PredictorTests {
  private let model: SmallModel
  private let numbers = [9, 4, 7, 1, 12, 3, 20]

  init() throws { model = try SmallModel() }

  private func probabilities(
    _ numbers: [Int], batchSize: Int = 4, workers: Int = 2, reads: Reads = Reads()
  ) throws -> [Double] {
    try model.predictor(batchSize: batchSize, workers: workers).predictions(
      on: SmallModel.set(numbers, reads: reads), by: model.network, classes: SmallModel.classes,
      model.preprocessing
    ).probabilities
  }

  @Test(arguments: [1, 2, 3, 4, 7, 64])
  func everyImageExactlyOnceForAnyBatchSize(batchSize: Int) throws {
    let reads = Reads()
    let found = try probabilities(numbers, batchSize: batchSize, workers: 3, reads: reads)
    #expect(reads.byRow == Dictionary(uniqueKeysWithValues: numbers.indices.map { ($0, 1) }))
    let single = try numbers.flatMap { try probabilities([$0], batchSize: 1) }
    #expect(difference(found, single, absolute: 1e-5) == nil)
  }

  @Test func rowsKeepTheOrderOfTheSetWithTruthAndGroup() throws {
    let set = SmallModel.set(numbers)
    let predictions = try model.predictor(batchSize: 2, workers: 3).predictions(
      on: set, by: model.network, classes: SmallModel.classes, model.preprocessing)
    #expect(predictions.paths == set.paths)
    #expect(predictions.truths == set.labels)
    #expect(predictions.columns == [.init("group", set.groups)])
    let turned = try probabilities(numbers.reversed(), batchSize: 1)
    let rows = try numbers.reversed().map { try probabilities([$0], batchSize: 1) }
    #expect(turned == rows.flatMap { $0 })
    #expect(Set(rows).count == numbers.count, "the images are told apart")
  }

  @Test func workersChangeNothing() throws {
    let one = try probabilities(numbers, workers: 1)
    #expect(try probabilities(numbers, workers: 5) == one)
  }

  /// Nothing is mixed or drawn, no batch statistics: an image's row does not depend on its company.
  @Test func companyChangesNothing() throws {
    let first = try probabilities([9, 4, 7, 1])
    let second = try probabilities([9, 30, 31, 32])
    #expect(
      difference(first.prefix(3).map { $0 }, second.prefix(3).map { $0 }, absolute: 1e-6) == nil)
    #expect(difference(first, second, absolute: 1e-6) != nil)
  }

  /// By hand: resize, scale, centre, one image through the network in evaluation, softmax.
  @Test func sameNumbersAsADirectForwardPass() throws {
    let found = try probabilities(numbers)
    let direct = numbers.flatMap { number in
      let image = resized(SmallModel.picture(number))
      let (mean, std) = ([0.4, 0.5, 0.6], [0.2, 0.25, 0.3])
      let values = (0..<3).flatMap { channel in
        (0..<64).map { place in
          let pixel = Double(image.pixels[place * 3 + channel]) / 255
          return Float((pixel - mean[channel]) / std[channel])
        }
      }
      let logits = withoutGradients {
        model.network(Tensor(values, shape: [1, 3, 8, 8]), Context(training: false))
      }.scalars(as: Double.self)
      let exponentials = logits.map { exp($0) }
      return exponentials.map { $0 / exponentials.reduce(0, +) }
    }
    #expect(difference(found, direct, absolute: 1e-5) == nil)
  }

  private func resized(_ image: Image) -> Image {
    var unused = RandomSource(seed: 0)
    return Resize(ImageSize(8))(image, using: &unused)
  }

  @Test func theNetworkIsLeftAsItWas() throws {
    let before = model.network.stateDict.mapValues { $0.scalars(as: Double.self) }
    _ = try probabilities(numbers)
    let after = model.network.stateDict.mapValues { $0.scalars(as: Double.self) }
    #expect(before == after)
  }

  @Test func progressCountsImagesAndMayStop() throws {
    struct Enough: Error {}
    var seen: [Int] = []
    #expect(throws: Enough.self) {
      try model.predictor(batchSize: 3).predictions(
        on: SmallModel.set(numbers), by: model.network, classes: SmallModel.classes,
        model.preprocessing
      ) { done in
        seen.append(done)
        if done >= 6 { throw Enough() }
      }
    }
    #expect(seen == [3, 6])
  }

  /// Read once all the same, and told in the order of the set.
  @Test(arguments: [1, 4]) func unreadableImagesAreLeftOutWhereAskedTo(workers: Int) throws {
    let (reads, readable) = (Reads(), [9, 4, 7, 1, 20])
    let set = SmallModel.set(numbers, reads: reads, unreadable: [3, 12])
    var left: [String] = []
    let found = try model.predictor(batchSize: 3, workers: workers).predictions(
      on: set, by: model.network, classes: SmallModel.classes, model.preprocessing,
      leavingOut: { left.append("\($0.path): \($0.error)") })
    #expect(found.paths == readable.map { "\($0).png" })
    #expect(found.truths == readable.map { $0 % 3 })
    #expect(found.columns == [.init("group", readable.map { "g\($0 / 2)" })])
    let expected = try probabilities(readable, batchSize: 1)
    #expect(difference(found.probabilities, expected, absolute: 1e-5) == nil)
    #expect(left.map { $0.prefix { $0 != ":" } } == ["12.png", "3.png"])
    #expect(reads.byRow.values.allSatisfy { $0 == 1 })
  }

  @Test(arguments: [1, 4]) func anUnreadableImageIsAnErrorThatNamesTheFirst(workers: Int) throws {
    let set = SmallModel.set(numbers, unreadable: [12, 3])
    #expect(throws: ImageError.unreadable(name: "12.png", format: .png, reason: "cut short")) {
      try model.predictor(batchSize: 3, workers: workers).predictions(
        on: set, by: model.network, classes: SmallModel.classes, model.preprocessing)
    }
  }
}
