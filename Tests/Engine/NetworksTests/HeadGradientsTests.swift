import Networks
import TestSupport
import Testing
import Torch

/// Gradients at the tensors of a head as factors; that they are autograd's and NumPy's, the tests of influence and of records
/// say.
@Suite struct HeadGradientsTests {
  private func tensor(_ shape: [Int], _ step: Int) -> Tensor {
    let values = (0..<shape.reduce(1, *)).map { Float(($0 * step) % 13) / 4 - 1.5 }
    return Tensor(values, shape: shape)
  }

  private var heads: [any Head] {
    let linear = LinearHead(weight: tensor([3, 4], 5), bias: tensor([3], 7))
    let cosine = CosineHead(weight: tensor([3, 4], 3), scale: 2)
    let initializer = Initializer(device: .cpu, dtype: .float32, generator: Generator(seed: 1))
    let scaled = ScaledHead(linear, using: initializer)
    withoutGradients { scaled.scale.copy(from: tensor([3], 4)) }
    return [linear, cosine, MixedHead(linear, cosine), scaled]
  }

  private func gradients(_ head: any Head, _ features: Tensor) throws -> HeadGradients {
    let z = head(features, Context())
    return try #require(
      HeadGradients(of: head, features: features, logits: z, slopes: tensor(z.shape, 11)))
  }

  /// The product of a row with itself is its squared norm, and products go both ways.
  @Test func normsAreProductsWithThemselves() throws {
    for head in heads {
      let found = try gradients(head, tensor([5, 4], 9))
      let products = found.products(with: found).scalars(as: Double.self)
      let norms = found.squaredNorms.scalars(as: Double.self)
      #expect(norms.count == 5 && products.count == 25)
      let own = (0..<5).map { products[$0 * 6] }
      #expect(difference(norms, own, relative: 1e-4, absolute: 1e-4) == nil, "\(head.form)")
      let turned = (0..<25).map { products[$0 % 5 * 5 + $0 / 5] }
      #expect(difference(products, turned, relative: 1e-4, absolute: 1e-4) == nil, "\(head.form)")
    }
  }

  /// A cosine does not change along its own weights, nor where there are no features: nothing is below 0 there, or not a number.
  @Test func cosinesWithoutASlope() throws {
    let head = CosineHead(weight: Tensor([3, 4, 6, 8] as [Float], shape: [2, 2]), scale: 5)
    let features = Tensor([30, 40, 0, 0] as [Float], shape: [2, 2])
    let norms = try gradients(head, features).squaredNorms.scalars(as: Double.self)
    #expect(norms.allSatisfy { $0 >= 0 && $0 < 1e-4 }, "\(norms)")
  }

  @Test func otherHeadsAreNotKnown() {
    let other = ThresholdHead(
      features: 4, classes: 3,
      using: Initializer(device: .cpu, dtype: .float32, generator: Generator(seed: 1)))
    #expect(!HeadGradients.knows(other) && heads.allSatisfy(HeadGradients.knows))
    let x = tensor([2, 4], 9)
    let z = other(x, Context())
    #expect(HeadGradients(of: other, features: x, logits: z, slopes: z) == nil)
  }
}
