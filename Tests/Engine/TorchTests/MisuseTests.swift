import Testing
import Torch

/// Each mistake stops the programme and says operation, expectation and operands.
@Suite struct MisuseTests {
  private func says(_ result: ExitTest.Result?, _ sentence: String) throws {
    let bytes = try #require(result).standardErrorContent
    let said = String(decoding: bytes, as: UTF8.self)
    #expect(said.contains(sentence), "\(said.prefix(400))")
  }

  @Test func matmul() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.zeros([2, 3]).matmul(Tensor.zeros([2, 3]))
    }
    try says(
      result,
      "Tensor.matmul: expected […, M, K] and […, K, N], got float32[2, 3], float32[2, 3]: "
        + "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)")
  }

  @Test func sum() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.zeros([2, 3]) + Tensor.zeros([4], dtype: .float64)
    }
    try says(
      result,
      "Tensor.+: expected shapes that broadcast and types that combine, "
        + "got float32[2, 3], float64[4]: The size of tensor a (3) must match")
  }

  @Test func convolution() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.zeros([1, 4, 8, 8]).conv2d(Tensor.zeros([6, 3, 3, 3]), padding: 1)
    }
    try says(
      result,
      "Tensor.conv2d: expected [N, I, H, W] and weight [O, I / 1, K, K], K <= H, W after padding, "
        + "got float32[1, 4, 8, 8], float32[6, 3, 3, 3]: Given groups=1")
  }

  @Test func dimension() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.zeros([2, 3]).sum(dims: [2])
    }
    try says(
      result,
      "Tensor.sum: expected dimensions that exist, got float32[2, 3]: Dimension out of range "
        + "(expected to be in range of [-2, 1], but got 2)")
  }

  @Test func scalarCount() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor([1, 2, 3] as [Float], shape: [2, 2])
    }
    try says(result, "Tensor(copying:): expected 16 bytes for float32[2, 2], got 12")
  }

  @Test func itemOfMany() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.zeros([2]).item()
    }
    try says(result, "Tensor.item: expected one element, got float32[2]:")
  }

  @Test func backwardOfMany() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      (Tensor.zeros([2]).requiringGrad() * 2).backward()
    }
    try says(
      result,
      "Tensor.backward: expected one number that depends on a parameter, got float32[2]: "
        + "grad can be implicitly created only for scalar outputs")
  }

  @Test func reluOnAParameter() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      Tensor.zeros([2]).requiringGrad().reluInPlace()
    }
    try says(
      result, "Tensor.reluInPlace: expected a result, not a parameter, got float32[2]: a leaf")
  }

  @Test func missingGradients() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      FusedKernels.sgd(
        params: [Tensor.zeros([2])], grads: [], momentumBuffers: [], lr: 1, momentum: 0,
        weightDecay: 0, nesterov: false, isFirstStep: true)
    }
    try says(result, "FusedKernels.fusedSGD: expected 1 gradients, got 0")
  }

  @Test func gradientsInAnotherLayout() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let x = Tensor.zeros([2, 3, 2, 2])
      FusedKernels.sgd(
        params: [x.channelsLast()], grads: [x], momentumBuffers: [], lr: 1, momentum: 0,
        weightDecay: 0, nesterov: false, isFirstStep: true)
    }
    try says(result, "gradient 0 has strides [12, 4, 2, 1], its parameter [12, 1, 6, 3]")
  }
}
