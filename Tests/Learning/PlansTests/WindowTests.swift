import Batches
import Losses
import Mixing
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// Mixing in a part of a stage.
@Suite struct WindowTests {
  private let objective = Supervised(
    CrossEntropy(), mixing: BalancedMixup(alpha: 1), window: 0.25...0.75)

  @Test func mixesInsideAlone() {
    let batches = [[0, 1], [2, 2]].map { Batch(inputs: Tensor.zeros([2, 3]), target: Target($0)) }
    for (progress, mixes) in [(0.0, false), (0.2, false), (0.25, true), (0.75, true), (1, false)] {
      var memory = Memory()
      let batch = objective.terms(
        batches, through: IdentityPass(), at: Moment(progress: progress), remembering: &memory
      ).batch
      #expect((batch.lambda != nil) == mixes)
      #expect((batch.target == batches[0].target) == !mixes)
      #expect(objective.expectedWeights(at: progress) == (mixes ? [0.5, 0.5] : [1, 0]))
    }
    #expect(objective.expectedWeights == [0.75, 0.25] && objective.turns == [0.25, 0.75])
    #expect(Supervised(mixing: Mixup(alpha: 1)).turns == [])
  }

  /// The mass of a run is that of its parts, jumps and all.
  @Test func massOfARun() throws {
    struct Windowed: Method {
      static let name = "windowed"
      static let summary = "a test"
      static let citation = Citation(authors: "", title: "", venue: "", link: "")
      static let guide = Guide(.plain, use: "Never.", avoid: "Always.", claim: "None.")
      func stages(for classes: ClassCounts) -> [Stage] {
        let mixing = Supervised(
          CrossEntropy(), mixing: BalancedMixup(alpha: 1), window: 0.2...0.9)
        return [Stage(mixing, samplers: [UniformSampler(), ClassBalancedSampler()])]
      }
    }
    let mass = Windowed().expectedLabelMass(for: try ClassCounts([8, 2]))
    #expect(difference(mass, [0.3 * 0.8 + 0.7 * 0.65, 0.3 * 0.2 + 0.7 * 0.35]) == nil)
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) { _ = Supervised(window: -0.1...1) }
  }
}
