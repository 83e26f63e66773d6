import Optimizers
import TestSupport
import Testing
import Torch

@Suite struct SAMTests {
  /// f = ½ Σ a x²: the gradient at x + ρ g/‖g‖ in closed form.
  @Test func closedForm() throws {
    let (a, start, rho, rate) = ([1.0, 4], [3.0, -1], 0.5, 0.1)
    let x = Tensor(start, shape: [2]).requiringGrad()
    func loss() -> Tensor { (x.square() * Tensor(a, shape: [2])).sum() * 0.5 }
    let list = ParameterList(names: ["x"], tensors: [x])
    var sam = SAM(SGD(list), rho: rho)
    loss().backward()
    sam.step(rate: rate) {
      list.clearGradients()
      loss().backward()
    }
    let g = zip(a, start).map { $0 * $1 }
    let norm = (g[0] * g[0] + g[1] * g[1]).squareRoot()
    let expected = (0..<2).map { i in
      start[i] - rate * a[i] * (start[i] + rho * g[i] / norm)
    }
    #expect(difference(x.scalars(as: Double.self), expected, relative: 1e-6) == nil)
  }

  @Test func withoutAGradientNothingMoves() {
    let x = Tensor([1, 2] as [Float], shape: [2]).requiringGrad()
    var sam = SAM(SGD(ParameterList(names: ["x"], tensors: [x])))
    sam.step(rate: 1) {}
    #expect(x.scalars(as: Float.self) == [1, 2])
    (x * 0).sum().backward()
    sam.step(rate: 1) {}
    #expect(x.scalars(as: Float.self) == [1, 2])
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = SAM(SGD(ParameterList(names: [], tensors: [])), rho: -1)
    }
    await #expect(processExitsWith: .failure) {
      _ = SAM(SAM(SGD(ParameterList(names: [], tensors: []))))
    }
  }
}
