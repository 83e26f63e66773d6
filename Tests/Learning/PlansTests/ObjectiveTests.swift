import Batches
import Losses
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// Counts its steps and scales its loss by them, to show what is remembered.
struct Counting: Objective {
  var streams: Int { 1 }
  var expectedWeights: [Double] { [1] }
  func memory(for classes: ClassCounts) -> Memory {
    Memory(["steps": Tensor(Float(classes.count))])
  }
  func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    memory["steps"] = memory["steps"] + 1
    var rows = CrossEntropy()(model(batches[0].inputs).logits, batches[0].target)
    rows.values = rows.values * memory["steps"].item()
    return Terms([.init("counted", rows)], of: batches[0])
  }
}

/// A pass through no network: the inputs are features and logits.
struct IdentityPass: Pass {
  func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] { [inputs.values] }
  func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] { features }
  func answer(_ heads: [Tensor]) -> Tensor { heads[0] }
  func gradient(of value: Tensor, at inputs: Tensor) -> Tensor { value.gradient(at: inputs) }
}

@Suite struct ObjectiveTests {
  let batch = Batch(inputs: Tensor.zeros([2, 3]), target: Target([0, 2]))

  func total(_ objective: any Objective, _ memory: inout Memory) -> Double {
    objective.terms([batch], through: IdentityPass(), at: Moment(), remembering: &memory).total
      .item()
  }

  @Test func remembers() throws {
    var memory = Counting().memory(for: try ClassCounts([2, 1, 1]))
    let unit = 1.0986122886681098
    for step in 4...6 {
      #expect(close(total(Counting(), &memory), unit * Double(step), relative: 1e-6))
    }
  }

  /// A copy of the value, made before a step, is what was remembered then: a repeated step counts once.
  @Test func aCopyOfAMemoryIsThatOfItsTime() throws {
    var memory = Counting().memory(for: try ClassCounts([2, 1, 1]))
    let before = memory
    let first = total(Counting(), &memory)
    #expect(before["steps"].item() == 3)
    var again = before
    #expect(total(Counting(), &again) == first)
  }

  @Test func supervisedRemembersNothing() throws {
    #expect(Supervised().memory(for: try ClassCounts([2, 1, 1])).isEmpty)
  }

  @Test func partsOfAMemory() {
    var memory = Memory(["queue": Tensor.zeros([2])])
    memory.set("0", Memory(["counts": Tensor.ones([3])]))
    #expect(memory.names == ["queue", "0.counts"])
    #expect(memory.part("0").names == ["counts"])
    let snapshot = memory.snapshot()
    memory["queue"].fill(5)
    #expect(snapshot["queue"].scalars(as: Float.self) == [0, 0])
    #expect(memory["queue"].scalars(as: Float.self) == [5, 5])
  }
}
