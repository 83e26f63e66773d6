import TestSupport
import Testing
import Torch

private struct Stop: Error {}

@Suite struct AutocastTests {
  let image = spread([2, 3, 8, 8]).to(.float32)
  let weight = spread([4, 3, 3, 3]).to(.float32).requiringGrad()

  private var isOn: Bool { image.conv2d(weight).dtype == .bfloat16 }

  @Test func convolvesInBFloat16AndLeavesTheWeightsAlone() throws {
    let y = withAutocast(.bfloat16, on: .cpu) { image.conv2d(weight) }
    #expect(y.dtype == .bfloat16)
    y.to(.float32).sum().backward()
    #expect(weight.dtype == .float32)
    #expect(try #require(weight.grad).dtype == .float32)
    let exact = image.conv2d(weight)
    #expect((y.to(.float32) - exact).abs().amax().item() < 0.1)
  }

  @Test func nilChangesNothing() {
    withAutocast(nil, on: .cpu) { #expect(!isOn) }
  }

  @Test func restoresTheFormerMode() throws {
    try? withAutocast(.bfloat16, on: .cpu) {
      #expect(isOn)
      throw Stop()
    }
    #expect(!isOn)
  }

  @Test func nests() {
    withAutocast(.bfloat16, on: .cpu) {
      withAutocast(.bfloat16, on: .cpu) { #expect(isOn) }
      #expect(isOn)
      withAutocast(.float16, on: .cpu) { #expect(image.conv2d(weight).dtype == .float16) }
      #expect(isOn)
    }
    #expect(!isOn)
  }

  /// A weight first used without gradients must not stay cut from the graph.
  @Test func recordsAfterAPassWithoutGradients() {
    withAutocast(.bfloat16, on: .cpu) {
      _ = withoutGradients { image.conv2d(weight) }
      #expect(image.conv2d(weight).requiresGrad)
    }
  }

  /// The copies of the weights that autocast keeps must not survive a step, within one call or not.
  @Test(arguments: [true, false]) func seesUpdatedWeights(inOneCall: Bool) throws {
    func output() -> [Float] {
      withAutocast(.bfloat16, on: .cpu) { image.conv2d(weight) }.scalars()
    }
    func step() throws {
      withAutocast(.bfloat16, on: .cpu) { image.conv2d(weight) }.to(.float32).sum().backward()
      FusedKernels.sgd(
        params: [weight], grads: [try #require(weight.grad)], momentumBuffers: [], lr: 0.1,
        momentum: 0, weightDecay: 0, nesterov: false, isFirstStep: true)
    }
    func steps() throws -> [[Float]] {
      var outputs = [output()]
      for _ in 0..<2 {
        try step()
        outputs.append(output())
      }
      return outputs
    }
    let outputs = try inOneCall ? withAutocast(.bfloat16, on: .cpu) { try steps() } : try steps()
    #expect(outputs[0] != outputs[1])
    #expect(outputs[1] != outputs[2])
  }
}

@Suite struct GradModeTests {
  let x = Tensor([1.0, 2], shape: [2]).requiringGrad()

  @Test func recordsNothingInside() {
    #expect((x * 2).requiresGrad)
    withoutGradients { #expect(!(x * 2).requiresGrad) }
    #expect((x * 2).requiresGrad)
  }

  @Test func restoresTheFormerMode() {
    try? withoutGradients { throw Stop() }
    #expect((x * 2).requiresGrad)
    withoutGradients {
      withoutGradients {}
      #expect(!(x * 2).requiresGrad)
    }
  }

  @Test func detachedLeavesTheGraph() {
    #expect(!(x * 2).detached().requiresGrad)
    #expect(x.requiresGrad)
    #expect(!x.requiringGrad(false).requiresGrad)
  }

  @Test func inPlaceChangesAreNotRecorded() throws {
    x.fill(3)
    x.multiply(by: 2)
    #expect(x.requiresGrad)
    x.sum().backward()
    #expect(try #require(x.grad).scalars(as: Double.self) == [1, 1])
  }
}
