import Batches
import Evaluation
import Imaging
import Inference
import Networks
import Testing
import Torch

/// Images judged by five crops.
@Suite struct FiveCropsTests {
  private func preprocessing(_ margin: Int?) -> Preprocessing {
    var images = ImagePreprocessing(
      size: ImageSize(8), preset: .paper,
      normalization: Normalization(mean: [0.4, 0.5, 0.6], std: [0.2, 0.25, 0.3]))
    images.margin = margin
    return .images(images)
  }

  /// The mean of the logits of the four corners and the middle, cut out here by hand.
  @Test func isTheMeanOfFiveAnswers() throws {
    let model = try SmallModel()
    let set = SmallModel.set([1, 2, 3])
    let found = try model.predictor().predictions(
      on: set, by: model.network, classes: SmallModel.classes, preprocessing(3))
    var whole: Tensor?
    let large = Preprocessing(
      size: ImageSize(11), preset: .paper,
      normalization: Normalization(mean: [0.4, 0.5, 0.6], std: [0.2, 0.25, 0.3]))
    let source = set.source(for: .evaluation, large, workers: 1)
    try source.run(source.everyRow(batchSize: 3), views: [.standard]) { step in
      whole = try step.inputs(stream: 0, on: .cpu).values
    }
    let images = try #require(whole)
    let places = [(0, 0), (0, 3), (3, 0), (3, 3), (2, 2)]
    let logits = withoutGradients {
      places.map { top, left in
        model.network(
          images.narrowed(dim: 2, start: top, length: 8).narrowed(dim: 3, start: left, length: 8)
            .channelsLast(), Context())
      }
    }
    let mean = logits.dropFirst().reduce(logits[0], +) / 5
    let expected = mean.softmax(dim: 1).scalars(as: Float.self)
    let probabilities = found.probabilities.map { Float($0) }
    #expect(zip(probabilities, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    let plain = try model.predictor().predictions(
      on: set, by: model.network, classes: SmallModel.classes, preprocessing(nil))
    #expect(plain.probabilities != found.probabilities)
  }

  /// The mean of the logits of an image and of its mirror image; the same again where images come mirrored.
  @Test func mirrors() throws {
    let model = try SmallModel()
    let source = SmallModel.set([1, 2, 3]).source(
      for: .evaluation, preprocessing(nil), workers: 1)
    var (predictor, whole) = (model.predictor(), [Tensor]())
    predictor.mirrors = true
    let found = try predictor.probabilities(of: source, by: model.network)
    try source.run(source.everyRow(batchSize: 3), views: [.standard]) { step in
      whole.append(try step.inputs(stream: 0, on: .cpu).values)
    }
    let images = try #require(whole.first)
    let answers = withoutGradients {
      [images, images.flipped(3)].map { model.network($0.channelsLast(), Context()) }
    }
    let expected = ((answers[0] + answers[1]) / 2).softmax(dim: 1).scalars(as: Float.self)
    #expect(found.count == expected.count)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    let plain = try model.predictor().probabilities(of: source, by: model.network)
    #expect(plain != found)
  }

  @Test func withoutAMarginNothingChanges() throws {
    let model = try SmallModel()
    let set = SmallModel.set([1, 2])
    func judged(_ margin: Int?) throws -> [Double] {
      try model.predictor().predictions(
        on: set, by: model.network, classes: SmallModel.classes, preprocessing(margin)
      ).probabilities.map { Double($0) }
    }
    #expect(try judged(0) == judged(nil))
    #expect(preprocessing(3).withoutCrops == preprocessing(nil))
    #expect("\(preprocessing(nil))" != "\(preprocessing(3))")
  }
}
