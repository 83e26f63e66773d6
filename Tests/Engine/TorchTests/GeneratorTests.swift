import TestSupport
import Testing
import Torch

@Suite struct GeneratorTests {
  @Test func sameSeedSameNumbers() {
    let a = Tensor.normal([100], using: Generator(seed: 7)).scalars(as: Float.self)
    let b = Tensor.normal([100], using: Generator(seed: 7)).scalars(as: Float.self)
    let c = Tensor.normal([100], using: Generator(seed: 8)).scalars(as: Float.self)
    #expect(a == b)
    #expect(a != c)
  }

  @Test func goesBackToASavedState() throws {
    let generator = Generator(seed: 1)
    _ = Tensor.normal([33], using: generator)  // an odd count leaves half a pair behind
    let state = generator.state
    let first = Tensor.normal([5], using: generator).scalars(as: Float.self)
    let second = Tensor.uniform([5], using: generator).scalars(as: Float.self)
    try generator.restore(state)
    #expect(Tensor.normal([5], using: generator).scalars(as: Float.self) == first)
    #expect(Tensor.uniform([5], using: generator).scalars(as: Float.self) == second)
    let other = Generator(seed: 99)
    try other.restore(state)
    #expect(other.state == state)
  }

  @Test func refusesAnotherState() {
    let generator = Generator(seed: 1)
    let before = generator.state
    let error = #expect(throws: TorchError.self) { try generator.restore([1, 2, 3]) }
    #expect(error?.operation == "Generator.restore")
    #expect(generator.state == before)
  }

  @Test func drawsTheStatedDistributions() {
    let generator = Generator(seed: 5)
    let normal = Tensor.normal([100_000], mean: 2, std: 3, using: generator, dtype: .float64)
    #expect(close(normal.mean().item(), 2, absolute: 0.04))
    #expect(close(normal.variance(unbiased: true).item(), 9, absolute: 0.2))
    let uniform = Tensor.uniform([100_000], in: -1...3, using: generator)
    #expect(close(uniform.mean().item(), 1, absolute: 0.02))
    #expect(uniform.amin().item() >= -1)
    #expect(uniform.amax().item() < 3)
    let coins = Tensor.bernoulli([100_000], 0.3, using: generator)
    #expect(close(coins.mean().item(), 0.3, absolute: 0.006))
  }

  @Test(arguments: [DType.float32, .float64, .bfloat16]) func dropoutKeepsTheMean(type: DType) {
    let x = Tensor.ones([400, 250], dtype: type)
    let y = x.dropout(0.25, using: Generator(seed: 2))
    #expect(y.dtype == type)
    let values = y.to(.float64)
    #expect(close(values.equal(to: 0.0).to(.float64).mean().item(), 0.25, absolute: 0.005))
    #expect(close(values.amax().item(), 4.0 / 3, relative: 0.004))
    #expect(close(values.mean().item(), 1, absolute: 0.01))
  }

  @Test func noDropoutDrawsNothing() {
    let generator = Generator(seed: 2)
    let before = generator.state
    _ = Tensor.ones([3]).dropout(0, using: generator)
    #expect(generator.state == before)
  }
}
