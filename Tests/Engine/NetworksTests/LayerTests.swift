import Networks
import TestSupport
import Testing
import Torch

@Suite("Layers")
struct LayerTests {
  private func initializer(_ seed: UInt64 = 0) -> Initializer {
    Initializer(dtype: .float64, generator: Generator(seed: seed))
  }

  private func images(_ channels: Int, side: Int = 6) -> Tensor {
    Tensor.normal([2, channels, side, side], using: Generator(seed: 7), dtype: .float64)
  }

  private func values(_ x: Tensor) -> [Double] { x.scalars() }

  private func names(_ layer: some Layer) -> [String] {
    var visitor = TensorVisitor()
    visitor.layer("a.0", layer)
    return visitor.all.map(\.name)
  }

  @Test("names nest with dots, parameters before buffers")
  func naming() {
    #expect(
      names(BatchNorm(4, using: initializer())) == [
        "a.0.weight", "a.0.bias", "a.0.running_mean", "a.0.running_var",
        "a.0.num_batches_tracked",
      ])
    let list = LayerList([GroupNorm(4, groups: 2, using: initializer())])
    #expect(names(list) == ["a.0.0.weight", "a.0.0.bias"])
  }

  @Test(
    "a batch normalisation learns from two values per channel, and refuses one, as PyTorch does")
  func singleValue() async {
    let layer = BatchNorm(4, using: initializer())
    let count = OperationCount()
    let y = layer(images(4, side: 1), Context(training: true, tracing: count))
    #expect(y.shape == [2, 4, 1, 1])
    #expect(count.fewestNormalized == 2)
    let one = images(4, side: 1).narrowed(dim: 0, start: 0, length: 1)
    #expect(layer(one, Context(tracing: count)).shape == [1, 4, 1, 1], "evaluation takes it")
    #expect(count.fewestNormalized == 1)
    await #expect(processExitsWith: .failure) {
      let initializer = Initializer(dtype: .float64, generator: Generator(seed: 0))
      let x = Tensor.zeros([1, 4, 1, 1], dtype: .float64)
      _ = BatchNorm(4, using: initializer)(x, Context(training: true))
    }
  }

  @Test("a convolution keeps the size at stride 1, halves it at 2, and counts its multiply-adds")
  func convolution() {
    for (stride, side, groups) in [(1, 6, 1), (2, 3, 1), (1, 6, 4), (2, 3, 2)] {
      let layer = Convolution(
        4, 8, .init(3, stride: stride, groups: groups), bias: true, .heFanOut,
        using: initializer())
      let count = OperationCount()
      let y = layer(images(4), Context(tracing: count))
      #expect(y.shape == [2, 8, side, side])
      #expect(count.multiplyAdds == 2 * 8 * side * side * 9 * 4 / groups)
    }
  }

  @Test("standardised kernels ignore the scale and offset of what is stored")
  func standardized() {
    let layer = StandardizedConvolution(4, 8, .init(3), using: initializer())
    var visitor = TensorVisitor()
    layer.visit(&visitor)
    let before = withoutGradients { layer(images(4), Context()) }
    withoutGradients {
      let weight = visitor.parameters[0].tensor
      weight.copy(from: weight * 7 + 3)
    }
    let after = withoutGradients { layer(images(4), Context()) }
    #expect(difference(values(after), values(before), relative: 1e-6, absolute: 1e-6) == nil)
  }

  @Test("a group normalisation gives mean 0 and variance 1 to each group of each image")
  func groupNorm() {
    let y = GroupNorm(4, groups: 2, using: initializer())(images(4) * 5 + 3, Context())
    let groups = y.reshaped([4, 72])
    #expect(difference(values(groups.mean(dims: [1])), [0, 0, 0, 0], absolute: 1e-12) == nil)
    let variance = values(groups.variance(dims: [1], unbiased: false))
    #expect(difference(variance, [1, 1, 1, 1], relative: 1e-5) == nil)
  }

  @Test("a batch normalisation moves its statistics by a tenth, the variance unbiased")
  func batchNorm() {
    let layer = BatchNorm(3, using: initializer())
    let x = images(3) * 2 + 1
    _ = layer(x, Context(training: true))
    var visitor = TensorVisitor()
    layer.visit(&visitor)
    let mean = values(x.mean(dims: [0, 2, 3])).map { 0.1 * $0 }
    let variance = values(x.variance(dims: [0, 2, 3], unbiased: true)).map { 0.9 + 0.1 * $0 }
    #expect(difference(values(visitor.buffers[0].tensor), mean, relative: 1e-12) == nil)
    #expect(difference(values(visitor.buffers[1].tensor), variance, relative: 1e-12) == nil)
  }

  @Test("both forms of a linear layer compute the same")
  func linear() {
    let x = Tensor.normal([3, 5], using: Generator(seed: 1), dtype: .float64)
    let outputs = [Linear.Form.matrix, .pointwise].map { form in
      let layer = Linear(5, 2, form: form, using: initializer(4))
      return values(layer(x, Context()))
    }
    #expect(difference(outputs[0], outputs[1], relative: 1e-12) == nil)
  }

  @Test("layers refuse groups that do not divide their channels")
  func misuse() async {
    await #expect(processExitsWith: .failure) {
      let initializer = Initializer(generator: Generator(seed: 0))
      _ = Convolution(4, 8, .init(3, groups: 3), .heFanOut, using: initializer)
    }
    await #expect(processExitsWith: .failure) {
      _ = GroupNorm(4, groups: 3, using: Initializer(generator: Generator(seed: 0)))
    }
  }
}
