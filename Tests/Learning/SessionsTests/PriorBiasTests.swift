import Batches
import Foundation
import Methods
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// A last layer that begins with the shares of the classes.
@Suite struct PriorBiasTests {
  private struct Tools: EditTools {
    var classes: ClassCounts
    var generator = Generator(seed: 4)
    func trainingFeatures() -> LabelledFeatures {
      LabelledFeatures(features: Tensor.zeros([0, 64]), labels: [])
    }
    func validationFeatures() -> LabelledFeatures? { nil }
  }

  private func begun(_ method: SigmoidBCE, _ counts: [Int]) throws -> (Network, Stage) {
    let classes = try ClassCounts(counts)
    let stage = method.stages(for: classes)[0]
    let network = try SmallResNet.network(method.network)
    return (
      try stage.opening.reduce(network) { try $1.edited($0, with: Tools(classes: classes)) }, stage
    )
  }

  private let images = Tensor.normal([4, 3, 8, 8], using: Generator(seed: 7))

  /// Probabilities before the first step are the shares, whatever the image.
  @Test(arguments: [[90, 9, 1], [4, 4, 4], [1, 2, 9997]]) func shares(counts: [Int]) throws {
    let (network, _) = try begun(SigmoidBCE(), counts)
    let z = network(images, Context())
    let total = Double(counts.reduce(0, +))
    let expected = (0..<4).flatMap { _ in counts.map { Double($0) / total } }
    #expect(
      difference(z.sigmoid().scalars(as: Double.self), expected, relative: 1e-5) == nil)
    #expect(
      difference(
        network.scores(of: z).softmax(dim: 1).scalars(as: Double.self), expected, relative: 1e-5)
        == nil)
  }

  /// On the batches of Balanced-MixUp they are the shares of what is drawn.
  @Test func sharesOfWhatIsDrawn() throws {
    var method = SigmoidBCE()
    method.alpha = 0.25  // E[λ] = .2
    let (network, _) = try begun(method, [90, 9, 1])
    let found = network(images, Context()).sigmoid().scalars(as: Double.self)
    let expected = [0.9, 0.09, 0.01].map { 0.8 * $0 + 0.2 / 3 }
    #expect(difference(Array(found.prefix(3)), expected, relative: 1e-5) == nil)
  }

  /// The first loss is the entropy of the shares, where that of a head at ½ is C ln 2; and the head then learns.
  @Test func firstLoss() throws {
    let counts = [900, 90, 10]
    let labels = counts.enumerated().flatMap { Array(repeating: $0, count: $1) }
    let (network, stage) = try begun(SigmoidBCE(), counts)
    let rows = Tensor.zeros([1000, 3, 8, 8])
    var memory = stage.objective.memory(for: try ClassCounts(counts))
    let terms = stage.objective.terms(
      [Batch(inputs: rows, target: Target(labels))], through: NetworkPass(network, seed: 1),
      at: .init(), remembering: &memory)
    let parts = [0.9, 0.09, 0.01].map { (π: Double) -> Double in
      -π * log(π) - (1 - π) * log(1 - π)
    }
    let entropy = parts.reduce(0, +)
    #expect(close(terms.total.item(), entropy, relative: 1e-4))
    #expect(entropy < 0.5 * 3 * log(2))
    // Of images that differ, the head's weights learn at once although they begin at 0.
    stage.objective.terms(
      [Batch(inputs: images, target: Target([0, 1, 2, 1]))], through: NetworkPass(network, seed: 1),
      at: .init(), remembering: &memory
    ).total.backward()
    let slopes = network.parameters.filter { network.headNames.contains($0.name) }
      .compactMap { $0.tensor.grad?.norm().item() }
    #expect(slopes.count == 2 && slopes[0] > 0)
  }

  @Test func withoutIt() throws {
    var method = SigmoidBCE()
    method.prior = false
    let (network, stage) = try begun(method, [90, 9, 1])
    #expect(stage.opening.isEmpty)
    #expect(network(images, Context()).sigmoid().scalars(as: Double.self)[2] > 0.1)
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) { _ = PriorBias([0.5, 1]) }
    await #expect(processExitsWith: .failure) { _ = PriorBias([0, 0.2]) }
  }
}
