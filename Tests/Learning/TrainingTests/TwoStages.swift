import Losses
import Plans
import Sampling
import Torch

/// Cross-entropy, then nothing at all: what still moves in the second half comes from the first.
struct TwoStages: Method {
  static let name = "two-stages"
  static let summary = "a test"
  static let citation = Citation(authors: "", title: "", venue: "", link: "")
  static let guide = Guide(.plain, use: "Never.", avoid: "Always.", claim: "None.")

  func stages(for classes: ClassCounts) -> [Stage] {
    var first = Stage(Supervised(CrossEntropy()), fraction: 0.5)
    first.chooses = .last
    return [first, Stage(Supervised(Indifferent()), fraction: 0.5)]
  }
}

/// A loss that is 0 whatever the network says, and so has a gradient of 0.
private struct Indifferent: Loss {
  func perExample(_ logits: Tensor, _ labels: [Int], _ state: LossState) -> Tensor {
    CrossEntropy().perExample(logits, labels, state) * 0
  }
}
