import Evaluation
import Randomness

/// Images with a Poisson-like number of lesions and false marks, all independent.
enum DetectorWorld {
  /// Up to three lesions an image, of which a mark hits each with probability .7; up to three false marks of
  /// lower scores.
  static func set(_ count: Int, _ random: inout RandomSource, pairs: Bool = false) -> DetectionSet {
    var (lesionImages, detections): ([Int], [Detection]) = ([], [])
    for image in 0..<count {
      for _ in 0..<random.below(4) {
        if random.uniform() < 0.7 {
          let score = 20 + Double(random.below(60))
          detections.append(Detection(image: image, score: score, lesion: lesionImages.count))
        }
        lesionImages.append(image)
      }
      for _ in 0..<random.below(4) {
        detections.append(Detection(image: image, score: Double(random.below(60)), lesion: nil))
      }
    }
    return DetectionSet(
      images: (0..<count).map { "\($0)" },
      groups: pairs ? (0..<count).map { "\($0 / 2)" } : nil, lesionImages: lesionImages,
      detections: detections)
  }
}

/// Images of 400 pixels, of which five to fifteen in a hundred have changed, in one of two ways.
enum ChangeWorld {
  /// The report is right on `skill` of the pixels, and guesses on the others.
  static func table(_ count: Int, skill: Double, _ random: inout RandomSource) -> ChangeTable {
    let confusions = (0..<count).map { _ in
      let changed = 0.05 + 0.1 * random.uniform()
      var confusion = ConfusionMatrix(classes: 3)
      for _ in 0..<400 {
        let truth = random.uniform() < changed ? 1 + random.below(2) : 0
        confusion.add(
          truth: truth, predicted: random.uniform() < skill ? truth : random.below(3))
      }
      return confusion
    }
    return ChangeTable(
      classes: ["same", "built", "felled"], images: (0..<count).map { "\($0)" },
      confusions: confusions)
  }
}
