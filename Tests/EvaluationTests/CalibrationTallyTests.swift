import Evaluation
import TestSupport
import Testing

@Suite("Calibration errors")
struct CalibrationTallyTests {
  private func tally(_ rows: [(truth: Int, p: Double)]) -> CalibrationTally {
    var tally = CalibrationTally(classes: 2)
    for (truth, p) in rows { tally.add(Outcome(truth: truth, probabilities: [1 - p, p])) }
    return tally
  }

  @Test("an edge belongs to the bin below it")
  func edges() {
    #expect(CalibrationTally.bin(of: 0) == 0)
    #expect(CalibrationTally.bin(of: 1.0 / 15) == 0)
    #expect(CalibrationTally.bin(of: 0.067) == 1)
    #expect(CalibrationTally.bin(of: 1.0 / 3) == 4)
    #expect(CalibrationTally.bin(of: 1) == 14)
  }

  @Test("by hand")
  func byHand() {
    // .75 twice, once right: gap .25 · 2; .5 once, right for the first class: gap .5.
    let tally = tally([(1, 0.75), (0, 0.75), (0, 0.5)])
    #expect(close(tally.value.top ?? 0, (2 * 0.25 + 0.5) / 3))
    #expect(tally.top[11].count == 2)
    #expect(tally.top[11].confidence == 0.75)
    #expect(tally.top[11].frequency == 0.5)
    #expect(tally.top[0].confidence == nil)
    #expect(tally.top[0].frequency == nil)
    #expect(tally.each.count == 30)
  }

  @Test("calibrated in every bin is 0; always wrong is the confidence")
  func limits() {
    #expect(tally([(1, 0.75), (1, 0.75), (1, 0.75), (0, 0.75)]).value.top == 0)
    #expect(tally([(0, 1), (0, 1)]).value.top == 1)
    #expect(tally([]).value.top == nil)
    #expect(tally([]).value.classes == [nil, nil])
  }

  @Test("what is no probability, and another number of classes, trap")
  func impossible() async {
    await #expect(processExitsWith: .failure) {
      var tally = CalibrationTally(classes: 2)
      tally.add(Outcome(truth: 0, predicted: 0, probabilities: [1.5, -0.5]))
    }
    await #expect(processExitsWith: .failure) {
      var tally = CalibrationTally(classes: 2)
      tally.merge(CalibrationTally(classes: 3))
    }
  }
}
