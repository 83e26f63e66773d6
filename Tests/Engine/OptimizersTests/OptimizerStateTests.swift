import Optimizers
import TestSupport
import Testing
import Torch

/// What every optimiser with a memory promises of its state.
@Suite("State of optimisers")
struct OptimizerStateTests {
  static let all: [String: @Sendable (ParameterList) -> any Optimizer] = [
    "momentum": { SGD($0, momentum: 0.9) }, "adamw": { AdamW($0) }, "muon": { Muon($0) },
    "sam": { SAM(SGD($0, momentum: 0.9)) },
  ]

  private func parameters() -> ParameterList {
    ParameterList(
      names: ["w", "b"],
      tensors: [
        Tensor([1, -2, 3, 4, 5, -6] as [Float], shape: [2, 3]).requiringGrad(),
        Tensor([1, -1] as [Float], shape: [2]).requiringGrad(),
      ], kinds: [.matrix, .other])
  }

  /// One step on Σ x⁴, whose gradients change from step to step.
  private func step(_ optimizer: inout any Optimizer, _ list: ParameterList) {
    func descend() {
      list.clearGradients()
      for tensor in list.tensors { tensor.square().square().sum().backward() }
    }
    descend()
    optimizer.step(rate: 1e-3) { descend() }
  }

  private func values(_ tensors: [Tensor]) -> [[Float]] {
    tensors.map { $0.scalars(as: Float.self) }
  }

  @Test(arguments: all.keys.sorted())
  func goesOnFromItsState(name: String) throws {
    let make = try #require(Self.all[name])
    let (whole, parts) = (parameters(), parameters())
    var (first, second) = (make(whole), make(parts))
    for turn in 0..<4 {
      if turn == 2 {
        let saved = second.state.map { ($0.name, $0.value.cloned()) }
        #expect(Set(saved.map(\.0)).count == saved.count)
        second = make(parts)
        try second.load(Dictionary(uniqueKeysWithValues: saved))
      }
      step(&first, whole)
      step(&second, parts)
    }
    #expect(values(whole.tensors) == values(parts.tensors))
    #expect(values(whole.tensors) != values(parameters().tensors))
  }

  /// The last tensor of the state does not fit: those before it are not taken either.
  @Test(arguments: all.keys.sorted())
  func aRefusedStateChangesNothing(name: String) throws {
    let make = try #require(Self.all[name])
    let list = parameters()
    var optimizer = make(list)
    step(&optimizer, list)
    let before = values(optimizer.state.map(\.value))
    let last = try #require(optimizer.state.last)
    var saved = Dictionary(
      uniqueKeysWithValues: optimizer.state.map { ($0.name, Tensor.ones($0.value.shape)) })
    saved[last.name] = Tensor.ones([7])
    #expect(
      throws: OptimizerStateError.shape(last.name, saved: [7], expected: last.value.shape)
    ) { try optimizer.load(saved) }
    saved[last.name] = nil
    #expect(throws: OptimizerStateError.missing(last.name)) { try optimizer.load(saved) }
    #expect(values(optimizer.state.map(\.value)) == before)
  }

  /// What else a checkpoint holds is ignored, and what was loaded is a copy.
  @Test(arguments: all.keys.sorted())
  func aLoadedStateIsACopy(name: String) throws {
    let make = try #require(Self.all[name])
    var optimizer = make(parameters())
    var saved = Dictionary(
      uniqueKeysWithValues: optimizer.state.map { ($0.name, Tensor.ones($0.value.shape)) })
    saved["momentum.another"] = Tensor.ones([3])
    try optimizer.load(saved)
    for tensor in saved.values { withoutGradients { tensor.fill(5) } }
    #expect(values(optimizer.state.map(\.value)).allSatisfy { $0.allSatisfy { $0 == 1 } })
  }
}
