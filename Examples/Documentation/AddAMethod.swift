import Losses
import Plans
import Sampling

/// Square-root sampling with smoothed labels.
///
/// Departs from the paper: the paper trains from pretrained weights.
struct SmoothedSquareRoot: Method {
  static let name = "smoothed-square-root"
  static let summary = "square-root sampling, labels smoothed"
  static let citation = Citation(
    authors: "Mahajan et al.", title: "Exploring the Limits of Weakly Supervised Pretraining",
    venue: "ECCV 2018", link: "https://arxiv.org/abs/1805.00932")
  static let guide = Guide(
    .resampling,
    use: "Use it where labels are partly wrong and classes are rare.",
    avoid: "Avoid it where probabilities must be sharp.",
    claim: "The paper reports square-root sampling on hashtags of photographs.",
    settings: ["smoothing": "ε, part of the label spread over all classes, at least 0 and below 1"])

  /// ε, in `0..<1`.
  var smoothing = 0.1

  func stages(for classes: ClassCounts) -> [Stage] {
    [
      Stage(
        Supervised(CrossEntropy(smoothing: smoothing)), samplers: [SquareRootSampler()])
    ]
  }
}

let method = try SmoothedSquareRoot.with(["smoothing": "0.05"])
print(method.smoothing, method.stages(for: try ClassCounts([400, 25])).count)
do {
  _ = try SmoothedSquareRoot.with(["smoothin": "0.05"])
} catch {
  print(error)
}
