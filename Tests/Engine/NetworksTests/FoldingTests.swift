import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Normalisations folded into the convolutions before them change the last digits of an answer and nothing else.
@Suite("Folding")
struct FoldingTests {
  /// Those that have a convolution with a normalisation behind it.
  static let names = ArchitectureNames.families.filter { name in
    (try? GoldenNetwork(name))?.tensors.contains { $0.name.hasSuffix("running_mean") } ?? false
  }

  private func network(_ name: String) throws -> Network {
    let initializer = Initializer(dtype: .float32, generator: nil)
    let network = try Architectures.named(name).build(
      classes: 5, inputs: try GoldenNetwork(name).inputs, form: NetworkForm(), using: initializer)
    GoldenRule.fill(network)
    return network
  }

  private func difference(_ one: Tensor, _ other: Tensor) -> Double {
    let largest: Double = other.abs().amax().item()
    let far: Double = (one - other).abs().amax().item()
    return far / max(largest, 1e-12)
  }

  @Test(
    "every network answers as it does layer by layer, for batches of any number", arguments: names)
  func everyNetwork(name: String) throws {
    let network = try network(name)
    let golden = try GoldenNetwork(name).eval
    let images = inLayout(GoldenRule.tensor(golden.images, golden.shape, scale: 3.4, .float32))
    var context = Context(training: false)
    context.folding = FoldedConvolutions()
    withoutGradients {
      for rows in [images.shape[0], 1, images.shape[0]] {
        let batch = inLayout(images.narrowed(dim: 0, start: 0, length: rows))
        #expect(
          difference(network(batch, context), network(batch, Context(training: false))) < 2e-5)
      }
    }
  }

  /// Both round what they compute with to bfloat16; the network in float32 says how far each is off.
  @Test(
    "in bfloat16 every network is as near to float32 as it is layer by layer",
    .enabled(if: Engine.supportsBFloat16(on: .cpu)), arguments: names)
  func everyNetworkInBFloat16(name: String) throws {
    let network = try network(name)
    let golden = try GoldenNetwork(name).eval
    let images = inLayout(GoldenRule.tensor(golden.images, golden.shape, scale: 3.4, .float32))
    var context = Context(training: false)
    context.folding = FoldedConvolutions(precision: .bfloat16)
    withoutGradients {
      let exact = network(images, Context(training: false))
      let (folded, plain) = withAutocast(.bfloat16, on: .cpu) {
        (network(images, context), network(images, Context(training: false)))
      }
      let (own, others) = (
        difference(folded.to(.float32), exact), difference(plain.to(.float32), exact)
      )
      #expect(own < 2 * others + 1e-3)
    }
  }

  @Test("a convolution that activates its result", arguments: Tensor.Activation.allCases)
  func activated(activation: Tensor.Activation) {
    let x = GoldenRule.tensor(1, [3, 8, 9, 7], scale: 8, .float32).channelsLast()
    let bias = GoldenRule.tensor(2, [16], scale: 4, .float32)
    for (kernel, stride, groups) in [(1, 1, 1), (3, 1, 1), (3, 2, 2), (5, 2, 8)] {
      let weight = GoldenRule.tensor(
        3, [16, 8 / groups, kernel, kernel], scale: 3, .float32)
      let padding = kernel / 2
      let sum = x.conv2d(weight, bias, stride: stride, padding: padding, groups: groups)
      let expected = sum.activated(by: activation)
      let packed = x.packedConvolutionWeight(
        weight, stride: stride, padding: padding, groups: groups)
      for kernel in [weight, packed] {
        let y = x.conv2d(
          packed: kernel, bias, stride: stride, padding: padding, groups: groups,
          activation: activation)
        #expect(difference(y, expected) < 1e-5)
      }
    }
  }

  @Test("what has no fixed normalisation is not folded: in training a batch has its own")
  func training() throws {
    let network = try network("resnet20")
    let images = inLayout(GoldenRule.tensor(5, [4, 3, 32, 32], scale: 3.4, .float32))
    var context = Context(training: true)
    context.folding = FoldedConvolutions()
    let mean = try #require(network.stateDict["bn1.running_mean"]).scalars(as: Float.self)
    let folded = network(images, context)
    #expect(network.stateDict["bn1.running_mean"]?.scalars(as: Float.self) != mean)
    let plain = network(images, Context(training: true))
    #expect(difference(folded, plain) == 0)
  }

  @Test("what is kept is of the weights as they were; another one sees those that are")
  func stale() throws {
    let network = try network("resnet20")
    let images = inLayout(GoldenRule.tensor(5, [4, 3, 32, 32], scale: 3.4, .float32))
    try withoutGradients {
      var context = Context(training: false)
      context.folding = FoldedConvolutions()
      let before = network(images, context)
      let scale = try #require(network.stateDict["bn1.weight"])
      scale.copy(from: scale * 3)
      context.folding = FoldedConvolutions()
      let after = network(images, context)
      #expect(difference(after, before) > 1e-3)
      #expect(difference(after, network(images, Context(training: false))) < 2e-5)
    }
  }
}
