import Evaluation
import Files
import Randomness
import TestSupport
import Testing
import Uncertainty

@Suite("Free-response curve with intervals")
struct DetectionAssessmentTests {
  @Test("images that count w times are w copies of them")
  func weights() {
    var random = RandomKey(seed: 9).source
    for repetition in 0..<50 {
      let set = DetectorWorld.set(12, &random)
      let weights = set.images.map { _ in random.below(4) }
      var (detections, images, lesions) = ([Detection](), 0, 0)
      for (image, weight) in weights.enumerated() {
        for _ in 0..<weight {
          let own = set.lesionImages.indices.filter { set.lesionImages[$0] == image }
          let places = Dictionary(uniqueKeysWithValues: zip(own, lesions...))
          detections += set.detections.filter { $0.image == image }.map {
            Detection(image: images, score: $0.score, lesion: $0.lesion.flatMap { places[$0] })
          }
          (images, lesions) = (images + 1, lesions + own.count)
        }
      }
      guard images > 0 else { continue }
      let copied = FROC(detections, images: images, lesions: lesions)
      let read = RankedMarks(set.detections, lesions: set.lesionImages.count).sensitivities(
        at: FROC.rates, lesionImages: set.lesionImages, weights: weights.map(Double.init))
      for (rate, found) in zip(FROC.rates, read) {
        let expected = copied.sensitivity(atFalsePositivesPerImage: rate) ?? .nan
        #expect(found == expected || found.isNaN && expected.isNaN, "\(repetition) at \(rate)")
      }
    }
  }

  @Test(
    "values are those of the curve; the same seed gives the same bytes on any number of threads")
  func values() throws {
    var random = RandomKey(seed: 3).source
    let set = DetectorWorld.set(40, &random, pairs: true)
    let one = DetectionAssessment(set, settings: IntervalSettings(resamples: 200, threads: 1))
    let two = DetectionAssessment(set, settings: IntervalSettings(resamples: 200, threads: 2))
    #expect(try JSONFile.encode(one) == JSONFile.encode(two))
    #expect(one.score.value == set.curve.score())
    for point in one.points {
      let rate = point.falsePositivesPerImage
      #expect(point.sensitivity.value == set.curve.sensitivity(atFalsePositivesPerImage: rate))
      let interval = try #require(point.sensitivity.interval)
      #expect(interval.contains(point.sensitivity.value ?? -1))
    }
    #expect(one.resampling.clusters == 20)
    let read = try JSONFile.decode(
      DetectionAssessment.self, from: JSONFile.encode(one), name: "x")
    #expect(read == one)
  }
}
