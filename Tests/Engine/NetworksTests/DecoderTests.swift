import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch

/// A last layer that gives images.
@Suite struct DecoderTests {
  private func network(side: Int = 16, classes: Int = 3, seed: UInt64 = 1) throws -> Network {
    try Architectures.named("resnet20").build(
      classes: classes, form: NetworkForm(head: .decoder(side: side)), using: Generator(seed: seed))
  }

  @Test(arguments: [16, 32, 64]) func images(side: Int) throws {
    let network = try network(side: side)
    let answer = network(Tensor.normal([2, 3, 24, 24], using: Generator(seed: 2)), Context())
    #expect(answer.shape == [2, 3, side, side])
    #expect(answer.scalars(as: Float.self).allSatisfy { (0...1).contains($0) })
    #expect(network.givesImages && network.classes == 3)
    #expect(network.headNames.count == 2 + 2 * (side == 16 ? 2 : side == 32 ? 3 : 4) + 2)
  }

  /// An error is 0 of the image itself and that of the averages of a larger one; scores say nothing before they are
  /// fitted, and then z = a e + b.
  @Test func errorsAndScores() throws {
    let network = try network()
    let small = Tensor.uniform([2, 3, 16, 16], in: 0...1, using: Generator(seed: 3)).to(.float64)
    let large = small.reshaped([2, 3, 16, 1, 16, 1]).expanded(to: [2, 3, 16, 2, 16, 2])
      .reshaped([2, 3, 32, 32])
    for pixels in [small, large] {
      let errors = DecoderHead.errors(of: small, for: pixels).scalars(as: Double.self)
      #expect(difference(errors, [0, 0], absolute: 1e-12) == nil)
    }
    let made = Tensor.uniform([2, 3, 16, 16], in: 0...1, using: Generator(seed: 4)).to(.float64)
    let errors = DecoderHead.errors(of: made, for: small).scalars(as: Double.self)
    #expect(errors.allSatisfy { $0 > 0.5 })
    #expect(
      network.scores(of: made, pixels: small).scalars(as: Double.self) == [0, 0, 0, 0, 0, 0])
    let head = try #require(network.heads[0] as? DecoderHead)
    let fitted = network.with(heads: [head.with(slopes: [0, 2, 4], offsets: [0, -1, 0.5])])
    let expected = errors.flatMap { (e: Double) -> [Double] in [0, 2 * e - 1, 4 * e + 0.5] }
    #expect(
      difference(
        fitted.scores(of: made, pixels: small).scalars(as: Double.self), expected, relative: 1e-6)
        == nil)
    // Nothing of the decoder changed, and the lines are saved.
    let inputs = Tensor.normal([1, 3, 16, 16], using: Generator(seed: 5))
    #expect(
      fitted(inputs, Context()).scalars(as: Float.self)
        == network(inputs, Context()).scalars(as: Float.self))
    let other = try self.network(seed: 9)
    try other.load(fitted.stateDict)
    let saved = other.stateDict.first { $0.key.hasSuffix(".slopes") }?.value
    #expect(saved?.scalars(as: Double.self) == [0, 2, 4])
    #expect(fitted.trainableParameters.allSatisfy { !$0.name.hasSuffix("slopes") })
  }

  /// Weights of a classifier are taken over, without its head.
  @Test func pretrained() throws {
    let plain = try Architectures.named("resnet20").build(classes: 3, using: Generator(seed: 3))
    let network = try network()
    let report = try network.loadPretrained(plain.stateDict)
    #expect(report.leftOut == network.headNames)
    #expect(
      network.stateDict["conv1.weight"]?.scalars(as: Float.self)
        == plain.stateDict["conv1.weight"]?.scalars(as: Float.self))
  }

  @Test func problems() {
    #expect(
      NetworkForm(head: .decoder(side: 24)).problem
        == "expected a decoder of 16, 32, 64, 128, 256 or 512 pixels a side, got 24")
    #expect(NetworkForm(head: .decoder(side: 16)).problem == nil)
    #expect(NetworkForm(head: .decoder(side: 16), decoding: .corn).problem != nil)
  }
}
