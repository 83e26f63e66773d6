import Optimizers
import TestSupport
import Testing
import Torch

/// Steps whose end is known without another optimiser.
@Suite("Closed forms of steps")
struct ClosedFormStepTests {
  private func parameter(_ values: [Float], _ shape: [Int]) -> Tensor {
    Tensor(values, shape: shape).requiringGrad()
  }

  /// A gradient of 0 leaves nothing but the decay: x (1 − rate · decay) a step, for the rest under Muon at .015 of
  /// the rate.
  @Test(arguments: [OptimizerKind.sgd, .adamw, .muon])
  func zeroGradientsLeaveTheDecay(kind: OptimizerKind) {
    let start: [Float] = [1, -2, 3, 4]
    let (matrix, rest) = (parameter(start, [2, 2]), parameter(start, [4]))
    let list = ParameterList(
      names: ["w", "b"], tensors: [matrix, rest], kinds: [.matrix, .other])
    var optimizer = kind.optimizer(of: list, momentum: 0, nesterov: false, weightDecay: 0.5)
    for _ in 0..<3 {
      list.clearGradients()
      for tensor in list.tensors { (tensor * 0).sum().backward() }
      optimizer.step(rate: 0.1)
    }
    func decayed(_ rate: Double) -> [Double] {
      let kept = 1 - rate * 0.5
      return start.map { Double($0) * kept * kept * kept }
    }
    #expect(difference(matrix.scalars(as: Double.self), decayed(0.1), relative: 1e-6) == nil)
    #expect(
      difference(
        rest.scalars(as: Double.self), decayed(kind == .muon ? 0.0015 : 0.1), relative: 1e-6)
        == nil)
  }

  /// AdamW's first step is rate · sign(g), whatever the size of the gradient.
  @Test func adamBeginsWithTheSign() {
    let x = parameter([1, 1, 1, 1], [4])
    var optimizer = AdamW(ParameterList(names: ["x"], tensors: [x]), weightDecay: 0)
    (x * Tensor([1e-3, -10, 1e4, 0] as [Float], shape: [4])).sum().backward()
    optimizer.step(rate: 0.25)
    #expect(
      difference(x.scalars(as: Double.self), [0.75, 1.25, 0.75, 1], relative: 1e-4) == nil)
  }

  /// SAM climbs along the gradients of all parameters together: of ½ (x² + 4 y²) at (3, −1) the gradient (3, −4) has
  /// length 5, and ρ = ½ leads to (3.3, −1.4).
  @Test func samClimbsWithOneNorm() {
    let (x, y) = (parameter([3], [1]), parameter([-1], [1]))
    let list = ParameterList(names: ["x", "y"], tensors: [x, y])
    var sam = SAM(SGD(list), rho: 0.5)
    var passes = 0
    func descend() {
      list.clearGradients()
      (x.square().sum() * 0.5 + y.square().sum() * 2).backward()
    }
    descend()
    sam.step(rate: 0.1) {
      passes += 1
      #expect(
        difference(
          list.tensors.flatMap { $0.scalars(as: Double.self) }, [3.3, -1.4], relative: 1e-6) == nil)
      descend()
    }
    #expect(passes == 1)
    #expect(
      difference(
        list.tensors.flatMap { $0.scalars(as: Double.self) }, [2.67, -0.44], relative: 1e-6) == nil)
  }

  /// ρ = 0 is the base optimiser, and at rate 0 a climb comes back to the very bytes.
  @Test func samComesBack() {
    let start: [Float] = [0.1, -1 / 3, 1e-7, 1e7]
    func moved(_ rho: Double?, rate: Double) -> [Float] {
      let x = parameter(start, [4])
      let list = ParameterList(names: ["x"], tensors: [x])
      func descend() {
        list.clearGradients()
        x.square().sum().backward()
      }
      let base = SGD(list, momentum: 0.9)
      var optimizer: any Optimizer = base
      if let rho { optimizer = SAM(base, rho: rho) }
      for _ in 0..<2 {
        descend()
        optimizer.step(rate: rate) { descend() }
      }
      return x.scalars(as: Float.self)
    }
    #expect(moved(0, rate: 0.1) == moved(nil, rate: 0.1))
    #expect(moved(0.7, rate: 0) == start)
  }

  /// The quintic on singular values 3/5 and 4/5, five times over, in doubles; and what must not change it.
  @Test func newtonSchulzOfADiagonal() {
    func iterated(_ start: Double) -> Double {
      (0..<5).reduce(start) { s, _ in 3.4445 * s - 4.7750 * s * s * s + 2.0315 * s * s * s * s * s }
    }
    let diagonal = Tensor([3, 0, 0, 0, 4, 0] as [Float], shape: [2, 3])
    let expected = [iterated(0.6), 0, 0, 0, iterated(0.8), 0]
    for scale in [1.0, 1e3, -1] {
      let found = Muon.orthogonalized(diagonal * scale).scalars(as: Double.self)
      let signed = expected.map { scale < 0 ? -$0 : $0 }
      #expect(difference(found, signed, relative: 1e-3, absolute: 1e-4) == nil, "\(scale)")
    }
    let turned = Muon.orthogonalized(diagonal.transposed(0, 1))
    #expect(turned.shape == [3, 2])
    #expect(
      difference(
        turned.transposed(0, 1).scalars(as: Double.self), expected, relative: 1e-3, absolute: 1e-4)
        == nil)
    #expect(
      Muon.orthogonalized(Tensor.zeros([2, 3])).scalars(as: Float.self) == [0, 0, 0, 0, 0, 0])
  }

  /// Clipping keeps the direction, shortens to the limit, and leaves gradients of 0 as they are.
  @Test func clippingKeepsTheDirection() throws {
    let (x, y) = (parameter([1, 1], [2]), parameter([1], [1]))
    let list = ParameterList(names: ["x", "y"], tensors: [x, y])
    (x * Tensor([20, -40] as [Float], shape: [2])).sum().backward()
    (y * 40).sum().backward()
    #expect(close(try #require(list.clipGradients(to: 3)).item(), 60, relative: 1e-6))
    #expect(
      difference(
        list.gradients.flatMap { $0.scalars(as: Double.self) }, [1, -2, 2], relative: 1e-6) == nil)
    list.clearGradients()
    (x * 0).sum().backward()
    #expect(try #require(list.clipGradients(to: 3)).item() == 0)
    #expect(list.gradients.map { $0.scalars(as: Float.self) } == [[0, 0]])
  }
}
