import Losses
import Mixing
import Plans
import Sampling
import TestSupport
import Testing

@Suite struct StageTests {
  /// E = α / (1 + α) of the mass is balanced.
  @Test func massOfTwoStreams() throws {
    let stage = Stage(
      Supervised(CrossEntropy(), mixing: BalancedMixup(alpha: 1)),
      samplers: [UniformSampler(), ClassBalancedSampler()])
    let mass = stage.expectedLabelMass(for: try ClassCounts([8, 2]), progress: 0)
    #expect(difference(mass, [0.65, 0.35]) == nil)
  }

  @Test func massFollowsProgress() throws {
    let stage = Stage(Supervised(), samplers: [ProgressiveSampler()], fraction: 0.5)
    let classes = try ClassCounts([8, 2])
    #expect(difference(stage.expectedLabelMass(for: classes, progress: 0), [0.8, 0.2]) == nil)
    #expect(difference(stage.expectedLabelMass(for: classes, progress: 1), [0.5, 0.5]) == nil)
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = Stage(Supervised(CrossEntropy(), mixing: BalancedMixup(alpha: 1)))
    }
    await #expect(processExitsWith: .failure) { _ = Stage(Supervised(), fraction: 1.5) }
  }
}
