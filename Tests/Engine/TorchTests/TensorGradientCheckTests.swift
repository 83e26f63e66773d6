import Testing
import Torch
import TorchTestSupport

@Suite struct TensorGradientCheckTests {
  let x = Tensor([0.5, -1.5, 2, 0.25], shape: [2, 2])

  @Test func acceptsATrueGradient() {
    #expect(gradientDifference(at: [x, x.exp()]) { $0[0].sin() * $0[1].log() } == nil)
  }

  @Test func namesTheInputAndPlaceOfAFalseOne() throws {
    let found = gradientDifference(at: [x, x.exp()]) { $0[0] * $0[1].detached() + $0[1] }
    #expect(try #require(found).hasPrefix("input 1, at 0: 1.0 against 1.5"))
  }

  @Test func seesAnExchangeOfElements() {
    let found = gradientDifference(at: [x]) { ($0[0] * 2 - $0[0].detached()).transposed(0, 1) }
    #expect(found != nil)
  }
}
