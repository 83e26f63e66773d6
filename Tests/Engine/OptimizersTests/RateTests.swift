import Optimizers
import TestSupport
import Testing
import Torch

/// Parameters that learn at rates of their own.
@Suite("Rates of parameters")
struct RateTests {
  /// A list of two parameters at rates ½ and 1, beside each alone under an optimiser at its rate: the same bytes.
  @Test(arguments: OptimizerKind.allCases, [0.0, 0.05])
  func eachAsAlone(kind: OptimizerKind, decay: Double) {
    func parameters() -> [Tensor] {
      [3, 4].map { Tensor.normal([$0, 4], using: Generator(seed: UInt64($0))).requiringGrad() }
    }
    func optimizer(_ list: ParameterList) -> any Optimizer {
      kind.optimizer(of: list, momentum: 0.9, nesterov: false, weightDecay: decay)
    }
    let (joint, alone) = (parameters(), parameters())
    let kinds = [ParameterKind.matrix, .matrix]
    var whole = optimizer(
      ParameterList(names: ["a", "b"], tensors: joint, kinds: kinds, rates: [0.5, 1]))
    var parts = [0, 1].map {
      optimizer(ParameterList(names: ["p"], tensors: [alone[$0]], kinds: [kinds[$0]]))
    }
    for _ in 0..<3 {
      for tensor in joint + alone { tensor.square().sum().backward() }
      whole.step(rate: 0.1)
      parts[0].step(rate: 0.05)
      parts[1].step(rate: 0.1)
      for tensor in joint + alone { tensor.clearGrad() }
    }
    for (a, b) in zip(joint, alone) {
      #expect(a.scalars(as: Float.self) == b.scalars(as: Float.self))
    }
    #expect(joint[0].scalars(as: Float.self) != parameters()[0].scalars(as: Float.self))
  }

  @Test func rateZeroStandsStill() {
    let tensor = Tensor.normal([3], using: Generator(seed: 1)).requiringGrad()
    let before = tensor.scalars(as: Float.self)
    var optimizer = SGD(ParameterList(names: ["a"], tensors: [tensor], rates: [0]), momentum: 0.9)
    tensor.square().sum().backward()
    optimizer.step(rate: 0.1)
    #expect(tensor.scalars(as: Float.self) == before)
  }
}
