import Decisions
import Evaluation
import Testing

@Suite("Labelled probabilities")
struct LabelledProbabilitiesTests {
  @Test("keep the rows of known truth, with their groups")
  func known() throws {
    let predictions = try Predictions(
      classes: ["a", "b"], paths: ["1", "2", "3"], truths: [0, nil, 1],
      probabilities: [0.75, 0.25, 0.5, 0.5, 0.25, 0.75],
      columns: [.init("group", ["x", "y", "z"])])
    let sample = LabelledProbabilities(predictions)
    #expect(sample.truths == [0, 1])
    #expect(sample.probabilities == [0.75, 0.25, 0.25, 0.75])
    #expect(sample.groups == ["x", "z"])
    #expect(sample.counts == [1, 1] && sample.prior == [0.5, 0.5])
    #expect(sample.column(1) == [0.25, 0.75])
    #expect(sample.selecting([1]).groups == ["z"])
    #expect(sample.mapping { $0.reversed() }.probabilities == [0.25, 0.75, 0.75, 0.25])
  }

  @Test("a wrong number of probabilities and a truth out of range trap")
  func traps() async {
    await #expect(processExitsWith: .failure) {
      _ = LabelledProbabilities(classes: ["a"], truths: [0], probabilities: [])
    }
    await #expect(processExitsWith: .failure) {
      _ = LabelledProbabilities(classes: ["a"], truths: [1], probabilities: [1])
    }
  }
}
