import Optimizers
import TestSupport
import Testing
import Torch

@Suite struct ParameterListTests {
  @Test func goldenClipping() throws {
    let golden = try GoldenTraces.load()
    for clipped in golden.clipped {
      let parameters = golden.parameters
      golden.lay(0, into: parameters)
      let norm = try #require(parameters.clipGradients(to: clipped.limit)).item()
      #expect(close(norm, clipped.norm, relative: 1e-6))
      #expect(
        GoldenTraces.mismatch(parameters.names, parameters.gradients, clipped.gradients) == nil)
    }
  }

  @Test func measuringChangesNothing() throws {
    let golden = try GoldenTraces.load()
    let parameters = golden.parameters
    golden.lay(0, into: parameters)
    #expect(try #require(parameters.clipGradients(to: .infinity)).item() > 1)
    #expect(
      GoldenTraces.mismatch(
        parameters.names, parameters.gradients, golden.gradients[0], relative: 0) == nil)
  }

  @Test func withoutGradients() throws {
    let parameters = try GoldenTraces.load().parameters
    #expect(parameters.clipGradients(to: 1) == nil)
    #expect(parameters.gradients.isEmpty)
    #expect(parameters.count == 3)
  }

  @Test func infiniteGradientShows() {
    let weight = Tensor([1, 2] as [Float], shape: [2]).requiringGrad()
    (weight * Tensor([.infinity, 1] as [Float], shape: [2])).sum().backward()
    let list = ParameterList(names: ["weight"], tensors: [weight])
    #expect(list.clipGradients(to: 1).map { $0.item().isFinite } == false)
  }

  @Test func limitMustBePositive() async {
    await #expect(processExitsWith: .failure) {
      ParameterList(names: [], tensors: []).clipGradients(to: 0)
    }
  }
}
