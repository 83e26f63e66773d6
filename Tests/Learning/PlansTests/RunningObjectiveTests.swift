import Batches
import Losses
import Mixing
import Plans
import Randomness
import Sampling
import TestSupport
import Testing
import Torch

/// Counts its steps and scales its loss by them, to show what is remembered.
struct Counting: Objective {
  var streams: Int { 1 }
  var expectedWeights: [Double] { [1] }
  func memory(for classes: ClassCounts) -> Int { classes.count }
  func terms(
    _ batches: [Batch], through network: (Tensor) -> Tensor, remembering memory: inout Int,
    using generator: inout some RandomNumberGenerator
  ) -> Terms {
    memory += 1
    let values = CrossEntropy()(network(batches[0].inputs), batches[0].target) * Double(memory)
    return Terms([.init(name: "counted", perExample: values)], of: batches[0])
  }
}

@Suite struct RunningObjectiveTests {
  let batch = Batch(inputs: Tensor.zeros([2, 3]), target: Target([0, 2]))

  func total(_ objective: inout RunningObjective) -> Double {
    var source = RandomSource(seed: 1)
    return objective.terms([batch], through: { $0 }, using: &source).total.item()
  }

  @Test func remembers() throws {
    var objective = RunningObjective(Counting(), for: try ClassCounts([2, 1, 1]))
    let unit = 1.0986122886681098
    for step in 4...6 { #expect(close(total(&objective), unit * Double(step), relative: 1e-6)) }
  }

  @Test func continuesFromItsMemory() throws {
    let classes = try ClassCounts([2, 1, 1])
    var objective = RunningObjective(Counting(), for: classes)
    for _ in 0..<3 { _ = total(&objective) }
    let saved = try objective.savedMemory()
    #expect(String(decoding: saved, as: UTF8.self) == "6")
    var other = RunningObjective(Counting(), for: classes)
    try other.restoreMemory(saved)
    #expect(total(&other) == total(&objective))
    #expect(throws: DecodingError.self) { try other.restoreMemory(Array("[]".utf8)) }
  }

  @Test func supervisedForgets() throws {
    var objective = RunningObjective(Supervised(), for: try ClassCounts([2, 1, 1]))
    #expect(try objective.savedMemory() == Array("{}".utf8))
    #expect(total(&objective) == total(&objective))
  }
}
