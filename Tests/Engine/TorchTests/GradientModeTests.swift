import Testing
import Torch

private struct Stop: Error {}

/// Recording that is switched on within what is switched off, precision within precision.
@Suite struct NestedModeTests {
  let x = Tensor([1.0, 2], shape: [2]).requiringGrad()

  /// Recording goes on inside `withoutGradients`, and ends where it began, also by an error.
  @Test func recordingInside() {
    withoutGradients {
      withGradients { #expect((x * 2).requiresGrad) }
      #expect(!(x * 2).requiresGrad)
      try? withGradients { throw Stop() }
      #expect(!(x * 2).requiresGrad)
    }
    #expect((x * 2).requiresGrad)
    withGradients { withoutGradients { #expect(!(x * 2).requiresGrad) } }
  }

  /// A gradient taken inside is that taken outside.
  @Test func gradientInside() {
    let inside = withoutGradients {
      withGradients { x.square().sum().gradient(at: x).scalars(as: Double.self) }
    }
    #expect(inside == [2, 4] && x.grad == nil)
  }

  /// The types of the tensors, whatever is around; the precision around returns, also by an error.
  @Test func fullPrecisionInside() {
    let (a, b) = (Tensor.ones([2, 3]), Tensor.ones([3, 2]))
    withAutocast(.bfloat16, on: .cpu) {
      #expect(a.matmul(b).dtype == .bfloat16)
      withoutAutocast(on: .cpu) {
        #expect(a.matmul(b).dtype == .float32)
        withAutocast(.bfloat16, on: .cpu) { #expect(a.matmul(b).dtype == .bfloat16) }
        #expect(a.matmul(b).dtype == .float32)
      }
      #expect(a.matmul(b).dtype == .bfloat16)
      try? withoutAutocast(on: .cpu) { throw Stop() }
      #expect(a.matmul(b).dtype == .bfloat16)
    }
    #expect(a.matmul(b).dtype == .float32)
  }

  /// The same tensor for all copies of it, another for a clone or a view.
  @Test func identity() {
    let copy = x
    #expect(copy.identity == x.identity)
    #expect(x.cloned().identity != x.identity && x.detached().identity != x.identity)
  }

  /// Nothing is moved by a weight of 0, and all of the way by one of 1; between them a straight line.
  @Test(arguments: [0, 0.25, 0.5, 0.75, 1]) func lerp(weight: Double) {
    let y = Tensor([1.0, -2, 5], shape: [3])
    y.lerp(to: Tensor([3.0, 2, 5], shape: [3]), weight: weight)
    let found = y.scalars(as: Double.self)
    let expected = [1 + 2 * weight, -2 + 4 * weight, 5]
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-15) }
  }

  /// Half of the elements, from a bound of p; the rest 1/(1 − p), and the same of the same state.
  @Test func dropoutOfTheSameState() throws {
    let generator = Generator(seed: 3)
    let state = generator.state
    let first = Tensor.ones([4, 50]).dropout(0.5, using: generator)
    try generator.restore(state)
    let again = Tensor.ones([4, 50]).dropout(0.5, using: generator)
    let other = Tensor.ones([4, 50]).dropout(0.5, using: generator)
    #expect(first.scalars(as: Float.self) == again.scalars(as: Float.self))
    #expect(first.scalars(as: Float.self) != other.scalars(as: Float.self))
    #expect(first.scalars(as: Float.self).allSatisfy { $0 == 0 || $0 == 2 })
  }
}
