import Optimizers
import TestSupport
import Testing
import Torch

@Suite struct WeightAverageTests {
  @Test(arguments: [("plain", 0.9, false), ("warm", 0.9, true), ("slow warm", 0.5, true)])
  func goldenAverages(name: String, decay: Double, warmup: Bool) throws {
    let golden = try GoldenTraces.load()
    let parameters = golden.parameters
    var average = WeightAverage(of: parameters, decay: decay, warmup: warmup)
    for (step, expected) in try #require(golden.averages[name]).enumerated() {
      golden.lay(step, into: parameters)
      var descent = SGD(parameters)
      // The golden weights grow by each gradient: down-hill on its negative at rate 1.
      for gradient in parameters.gradients { gradient.multiply(by: -1) }
      descent.step(rate: 1)
      average.update(from: parameters)
      #expect(
        GoldenTraces.mismatch(average.names, average.tensors, expected) == nil, "step \(step)")
    }
    #expect(average.updates == 5)
  }

  @Test func firstUpdateCopies() throws {
    let golden = try GoldenTraces.load()
    let parameters = golden.parameters
    var average = WeightAverage(of: parameters)
    withoutGradients { parameters.tensors[0].fill(7) }
    average.update(from: parameters)
    #expect(average.tensors[0].scalars(as: Float.self) == [7, 7, 7])
    #expect(average.decay(after: 10_000_000) == 0.9999)
  }

  @Test func exchangingTwiceChangesNothing() throws {
    let golden = try GoldenTraces.load()
    let parameters = golden.parameters
    let average = WeightAverage(of: parameters)
    withoutGradients { parameters.tensors[0].fill(7) }
    average.exchange(with: parameters)
    #expect(parameters.tensors[0].scalars(as: Float.self) == golden.start["bias"])
    #expect(average.tensors[0].scalars(as: Float.self) == [7, 7, 7])
    average.exchange(with: parameters)
    #expect(parameters.tensors[0].scalars(as: Float.self) == [7, 7, 7])
  }

  @Test func continuesFromItsState() throws {
    let golden = try GoldenTraces.load()
    let parameters = golden.parameters
    var average = WeightAverage(of: parameters)
    withoutGradients { parameters.tensors[0].fill(7) }
    for _ in 0..<3 { average.update(from: parameters) }
    var other = WeightAverage(of: golden.parameters)
    let saved = average.state.map { ($0.name, $0.value) }
    try other.load(Dictionary(uniqueKeysWithValues: saved), updates: average.updates)
    withoutGradients { parameters.tensors[0].fill(-1) }
    average.update(from: parameters)
    other.update(from: parameters)
    #expect(
      average.tensors[0].scalars(as: Float.self) == other.tensors[0].scalars(as: Float.self))
    #expect(throws: OptimizerStateError.missing("average.bias")) {
      try other.load([:], updates: 1)
    }
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = WeightAverage(of: ParameterList(names: [], tensors: []), decay: 1)
    }
    await #expect(processExitsWith: .failure) {
      var average = WeightAverage(of: ParameterList(names: [], tensors: []))
      average.update(from: ParameterList(names: ["a"], tensors: [Tensor.zeros([1])]))
    }
  }
}
