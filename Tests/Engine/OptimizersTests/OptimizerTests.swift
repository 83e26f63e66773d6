import Optimizers
import TestSupport
import Testing
import Torch

/// The contract of every optimiser and its trace, against PyTorch's unfused code.
@Suite struct OptimizerTests {
  static let all: [String: @Sendable (ParameterList) -> any Optimizer] = [
    "sgd": { SGD($0) },
    "sgd decay": { SGD($0, weightDecay: 0.1) },
    "momentum": { SGD($0, momentum: 0.9, weightDecay: 0.01) },
    "nesterov": { SGD($0, momentum: 0.9, nesterov: true, weightDecay: 0.01) },
    "momentum late": { SGD($0, momentum: 0.9) },
    "adamw": { AdamW($0, weightDecay: 0.1) },
    "adamw betas": { AdamW($0, beta1: 0.8, beta2: 0.95, weightDecay: 0, epsilon: 1e-3) },
    "adamw late": { AdamW($0) },
  ]

  static func skipped(_ name: String, _ step: Int) -> Set<String> {
    name.hasSuffix("late") && step < 2 ? ["bias"] : []
  }

  @Test(arguments: all.keys.sorted())
  func goldenTrace(name: String) throws {
    let golden = try GoldenTraces.load()
    let parameters = golden.parameters
    let make = try #require(Self.all[name])
    var optimizer = make(parameters)
    for (step, expected) in try #require(golden.traces[name]).enumerated() {
      golden.lay(step, into: parameters, except: Self.skipped(name, step))
      optimizer.step(rate: golden.rates[step])
      #expect(
        GoldenTraces.mismatch(parameters.names, parameters.tensors, expected) == nil,
        "step \(step)")
    }
    #expect(parameters.tensors.allSatisfy { $0.requiresGrad })
  }

  /// Stopped after two steps and continued in a new optimiser: the same bytes.
  @Test(arguments: all.keys.sorted())
  func continuesFromItsState(name: String) throws {
    let golden = try GoldenTraces.load()
    let make = try #require(Self.all[name])
    let (whole, parts) = (golden.parameters, golden.parameters)
    var (first, second) = (make(whole), make(parts))
    for step in 0..<5 {
      if step == 2 {
        let saved = second.state.map { ($0.name, $0.value.cloned()) }
        second = make(parts)
        try second.load(Dictionary(uniqueKeysWithValues: saved))
      }
      for list in [whole, parts] { golden.lay(step, into: list) }
      first.step(rate: golden.rates[step])
      second.step(rate: golden.rates[step])
    }
    for (a, b) in zip(whole.tensors, parts.tensors) {
      #expect(a.scalars(as: Float.self) == b.scalars(as: Float.self))
    }
  }

  @Test(arguments: all.keys.sorted())
  func withoutGradientsNothingMoves(name: String) throws {
    let golden = try GoldenTraces.load()
    let parameters = golden.parameters
    let make = try #require(Self.all[name])
    var optimizer = make(parameters)
    optimizer.step(rate: 0.1)
    #expect(
      GoldenTraces.mismatch(parameters.names, parameters.tensors, golden.start, relative: 0) == nil)
  }

  @Test func stateHasNames() throws {
    let parameters = try GoldenTraces.load().parameters
    #expect(SGD(parameters).state.isEmpty)
    #expect(
      SGD(parameters, momentum: 0.5).state.map(\.name)
        == ["momentum.bias", "momentum.kernel", "momentum.weight"])
    #expect(
      AdamW(parameters).state.prefix(3).map(\.name) == ["mean.bias", "square.bias", "steps.bias"])
  }

  @Test func stateOfAnotherNetworkIsRefused() throws {
    var optimizer = SGD(try GoldenTraces.load().parameters, momentum: 0.5)
    #expect(throws: OptimizerStateError.missing("momentum.bias")) { try optimizer.load([:]) }
    #expect(
      throws: OptimizerStateError.shape("momentum.bias", saved: [4], expected: [3])
    ) { try optimizer.load(["momentum.bias": Tensor.zeros([4])]) }
  }

  @Test(arguments: [
    (
      OptimizerStateError.missing("momentum.fc.weight"),
      "the checkpoint has no 'momentum.fc.weight'; "
        + "it was saved with another optimiser or network"
    ),
    (
      .shape("mean.fc.bias", saved: [4], expected: [3]),
      "'mean.fc.bias' is [4] in the checkpoint, expected [3]; "
        + "it was saved with another network or class count"
    ),
  ])
  func errorsSayWhatHappened(error: OptimizerStateError, text: String) {
    #expect(error.description == text)
  }

  /// A gradient asked for after a step would be of weights that did not give the answer: it is refused. Without the step it is given.
  @Test func aStepBeforeTheGradientIsRefused() async {
    await #expect(processExitsWith: .success) { Self.stepping { _ in } }
    await #expect(processExitsWith: .failure) {
      Self.stepping {
        var optimizer = SGD($0)
        optimizer.step(rate: 0.1)
      }
    }
    await #expect(processExitsWith: .failure) {
      Self.stepping {
        var optimizer = AdamW($0)
        optimizer.step(rate: 0.1)
      }
    }
  }

  private static func stepping(_ step: (ParameterList) -> Void) {
    let x = Tensor.ones([3]).requiringGrad()
    (x * x).sum().backward()
    let answer = (x * x).sum()
    step(ParameterList(names: ["x"], tensors: [x]))
    answer.backward()
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = SGD(ParameterList(names: [], tensors: []), momentum: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = SGD(ParameterList(names: [], tensors: []), nesterov: true)
    }
    await #expect(processExitsWith: .failure) {
      _ = AdamW(ParameterList(names: [], tensors: []), epsilon: 0)
    }
    await #expect(processExitsWith: .failure) {
      var optimizer = SGD(ParameterList(names: [], tensors: []))
      optimizer.step(rate: .nan)
    }
    await #expect(processExitsWith: .failure) {
      _ = ParameterList(names: ["a", "a"], tensors: [Tensor.zeros([1]), Tensor.zeros([1])])
    }
  }
}
