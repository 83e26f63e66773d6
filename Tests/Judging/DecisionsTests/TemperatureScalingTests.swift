import Decisions
import Randomness
import TestSupport
import Testing

@Suite("Temperature scaling")
struct TemperatureScalingTests {
  @Test("a calibrated model gets T = 1, an over-confident one its sharpness")
  func recovers() throws {
    var random = RandomKey(seed: 11).source
    let model = GaussianClasses(prior: [0.7, 0.2, 0.1], apart: 1.5)
    for sharpness in [0.5, 1, 2.5] {
      let sample = model.sample(40_000, sharpness: sharpness, using: &random)
      let fitted = try TemperatureScaling(fitting: sample)
      #expect(abs(fitted.temperature / sharpness - 1) < 0.02, "\(sharpness): \(fitted)")
      #expect(!fitted.isAtBound)
    }
  }

  @Test("rates that are exactly the probabilities give exactly T = 1")
  func exact() throws {
    // 8 of 10 right at .8, 6 of 10 at .6.
    let truths = (0..<20).map { $0 < 10 ? ($0 < 8 ? 0 : 1) : ($0 < 16 ? 0 : 1) }
    let sample = LabelledProbabilities(
      classes: ["a", "b"], truths: truths,
      probabilities: (0..<20).flatMap { $0 < 10 ? [0.8, 0.2] : [0.6, 0.4] })
    #expect(close(try TemperatureScaling(fitting: sample).temperature, 1, relative: 1e-13))
  }

  @Test("never changes the order of classes")
  func order() throws {
    var random = RandomKey(seed: 12).source
    let sample = GaussianClasses(prior: [0.5, 0.3, 0.2], apart: 1).sample(
      500, sharpness: 3, using: &random)
    let scaled = sample.mapping(try TemperatureScaling(fitting: sample).callAsFunction)
    #expect(decisions(scaled) == decisions(sample))
  }

  @Test("constant scores leave T = 1; no information and no mistake end at the bounds")
  func extremes() throws {
    func fitted(_ rows: [[Double]], _ truths: [Int]) throws -> TemperatureScaling {
      try TemperatureScaling(
        fitting: LabelledProbabilities(
          classes: ["a", "b"], truths: truths, probabilities: rows.flatMap { $0 }))
    }
    #expect(try fitted([[0.5, 0.5], [0.5, 0.5]], [0, 1]).temperature == 1)
    let useless = try fitted([[0.9, 0.1], [0.1, 0.9]], [1, 0])
    #expect(close(useless.temperature, TemperatureScaling.range.upperBound) && useless.isAtBound)
    let perfect = try fitted([[0.9, 0.1], [0.1, 0.9]], [0, 1])
    #expect(close(perfect.temperature, TemperatureScaling.range.lowerBound) && perfect.isAtBound)
    let zeros = try fitted([[1, 0], [0, 1], [1, 0]], [0, 1, 1])
    #expect(zeros.temperature > 5 && zeros.temperature.isFinite)
  }
}
