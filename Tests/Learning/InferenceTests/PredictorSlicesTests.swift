import Batches
import Evaluation
import Imaging
import Inference
import TestSupport
import Testing
import Torch

/// Batches of images so large that a slice holds three, judged by several threads.
@Suite struct PredictorSlicesTests {
  private let model: SmallModel
  private let numbers = [9, 4, 7, 1, 12, 3, 20]
  private let preprocessing = Preprocessing(
    size: ImageSize(320), preset: .paper,
    normalization: Normalization(mean: [0.4, 0.5, 0.6], std: [0.2, 0.25, 0.3]))

  init() throws { model = try SmallModel() }

  private func probabilities(batchSize: Int, progress: (Int) throws -> Void = { _ in }) throws
    -> [Double]
  {
    try model.predictor(batchSize: batchSize).predictions(
      on: SmallModel.set(numbers), by: model.network, classes: SmallModel.classes, preprocessing,
      progress: progress
    ).probabilities
  }

  private func withThreads<R>(_ count: Int, _ body: () throws -> R) rethrows -> R {
    let before = Engine.threads
    defer { Engine.threads = before }
    Engine.threads = count
    let result = try body()
    #expect(Engine.threads == count)
    return result
  }

  @Test func theNumberOfThreadsChangesNoByte() throws {
    let one = try withThreads(1) { try probabilities(batchSize: 7) }
    #expect(Set(one).count > numbers.count, "the images are told apart")
    for threads in [2, 3, 5] {
      let found = try withThreads(threads) { try probabilities(batchSize: 7) }
      #expect(found == one, "\(threads) threads")
    }
  }

  /// More than 16 threads share the slices; their sums may end in other digits.
  @Test func manyThreadsGiveTheSameAnswer() throws {
    let one = try withThreads(1) { try probabilities(batchSize: 2) }
    let many = try withThreads(33) { try probabilities(batchSize: 2) }
    #expect(difference(many, one, absolute: 1e-5) == nil)
  }

  @Test func aSliceIsOfTheRowsItNames() throws {
    let alone = try probabilities(batchSize: 1)
    for batchSize in [4, 7] {
      let found = try probabilities(batchSize: batchSize)
      #expect(difference(found, alone, absolute: 1e-5) == nil, "\(batchSize)")
    }
  }

  @Test func progressCountsSlicesAndMayStop() throws {
    struct Enough: Error {}
    var seen: [Int] = []
    _ = try probabilities(batchSize: 7) { seen.append($0) }
    #expect(seen == [3, 6, 7])
    seen = []
    #expect(throws: Enough.self) {
      try probabilities(batchSize: 7) {
        seen.append($0)
        if $0 == 6 { throw Enough() }
      }
    }
    #expect(seen == [3, 6])
  }

  /// Batches are filled up, so the slices are the same wherever the pass begins.
  @Test func embeddedSlicesAreOneAnswer() throws {
    let images = try #require(preprocessing.images)
    func features(threads: Int, from first: Int = 0) throws -> [Float] {
      var all: [Float] = []
      var starts: [Int] = []
      let embedder = Embedder(
        network: model.network, preprocessing: images, predictor: model.predictor(batchSize: 4))
      try withThreads(threads) {
        try embedder.run(over: SmallModel.set(numbers), from: first) { row, features, _ in
          starts.append(row)
          all += features
        }
      }
      #expect(starts == Array(stride(from: first, to: numbers.count, by: 4)))
      return all
    }
    let one = try features(threads: 1)
    #expect(one.count == numbers.count * 64)
    #expect(try features(threads: 3) == one)
    #expect(try features(threads: 2, from: 4) == Array(one[(4 * 64)...]))
    let seen = try model.predictor(batchSize: 7).features(
      of: SmallModel.set(numbers).source(for: .evaluation, preprocessing, workers: 1),
      by: model.network)
    #expect(difference(one, seen.scalars(as: Float.self), absolute: 1e-5) == nil)
  }
}
