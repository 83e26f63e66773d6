import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// What edits of a head leave as it was.
@Suite("What edits keep")
struct EditedDropoutTests {
  private func network() -> Network {
    let weight = Tensor([3, 4, 0.6, 0.8, 0, 0.5] as [Float], shape: [3, 2])
    return Network(
      name: "plain", branches: [EditTests.Plain(shift: Tensor.zeros([2]).requiringGrad())],
      heads: [
        LinearHead(
          weight: weight.requiringGrad(),
          bias: Tensor([1, 2, 3] as [Float], shape: [3]).requiringGrad(), dropout: 0.3)
      ])
  }

  private func tools(_ labels: [Int] = [0, 0, 1, 2]) throws -> EditTests.Tools {
    EditTests.Tools(
      classes: try ClassCounts([2, 1, 1]),
      training: LabelledFeatures(
        features: Tensor([1, 0, 0.5, 0.5, 0, 2, -1, 0] as [Float], shape: [4, 2]), labels: labels),
      validation: nil)
  }

  private static let edits: [any NetworkEdit] = [
    PriorBias([0.5, 0.25, 0.25]), ShiftedLogits([1, 0, -1]), PriorShift([0.5, 0.25, 0.25]),
    TauNormalization(tau: 0.5, searches: false), WidenedHead(classes: 5),
  ]

  /// A stage after the edit drops as much of the features as one before it.
  @Test(arguments: edits.indices)
  func theDropoutOfAHead(place: Int) throws {
    let edited = try Self.edits[place].edited(network(), with: tools())
    let head = try #require(edited.heads[0] as? LinearHead)
    #expect(head.dropout == 0.3, "\(Self.edits[place])")
    #expect(head.weight.requiresGrad && head.bias.requiresGrad)
  }

  @Test func scalesFoldedIn() throws {
    let scaled = try ScaleHead().edited(network(), with: tools())
    let folded = try FoldScales().edited(scaled, with: tools())
    #expect((folded.heads[0] as? LinearHead)?.dropout == 0.3)
  }

  /// The old classes of a wider head answer as before, in logits to the byte.
  @Test func oldClassesOfAWiderHead() throws {
    let x = Tensor([0.3, -1, 2, 0.7] as [Float], shape: [2, 2])
    let wide = try WidenedHead(classes: 5).edited(network(), with: tools())
    #expect(wide.classes == 5)
    let old = network()(x, Context()).scalars(as: Float.self)
    let new = wide(x, Context()).narrowed(dim: 1, start: 0, length: 3)
    #expect(difference(new.contiguous().scalars(as: Float.self), old, relative: 1e-6) == nil)
  }

  /// A class without a training row has no mean, and its cosine is 0 with whatever is shown.
  @Test func aClassWithoutRows() throws {
    let edited = try NearestClassMean(scale: 4).edited(network(), with: tools([0, 0, 1, 1]))
    let z = edited(Tensor([3, 1, -1, 2] as [Float], shape: [2, 2]), Context())
      .scalars(as: Double.self)
    #expect(z[2] == 0 && z[5] == 0)
    // The mean of (1, 0) and (½, ½) is (¾, ¼), that of (0, 2) and (−1, 0) is (−½, 1).
    let expected = [4.0, 4 * -0.5 / (10.0 * 1.25).squareRoot()]
    #expect(difference(Array(z.prefix(2)), expected, relative: 1e-5, absolute: 1e-6) == nil)
  }
}
