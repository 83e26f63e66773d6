import Evaluation
import TestSupport
import Testing

@Suite("Calibration errors")
struct CalibrationAccumulatorTests {
  private func accumulator(_ rows: [(truth: Int, p: Double)]) -> CalibrationAccumulator {
    var accumulator = CalibrationAccumulator(classes: 2)
    for (truth, p) in rows { accumulator.add(Outcome(truth: truth, probabilities: [1 - p, p])) }
    return accumulator
  }

  @Test("an edge belongs to the bin below it")
  func edges() {
    #expect(CalibrationAccumulator.bin(of: 0) == 0)
    #expect(CalibrationAccumulator.bin(of: 1.0 / 15) == 0)
    #expect(CalibrationAccumulator.bin(of: 0.067) == 1)
    #expect(CalibrationAccumulator.bin(of: 1.0 / 3) == 4)
    #expect(CalibrationAccumulator.bin(of: 1) == 14)
  }

  @Test("by hand")
  func byHand() {
    // .75 twice, once right: gap .25 · 2; .5 once, right for the first class: gap .5.
    let accumulator = accumulator([(1, 0.75), (0, 0.75), (0, 0.5)])
    #expect(close(accumulator.value.top ?? 0, (2 * 0.25 + 0.5) / 3))
    #expect(accumulator.top[11].count == 2)
    #expect(accumulator.top[11].confidence == 0.75)
    #expect(accumulator.top[11].frequency == 0.5)
    #expect(accumulator.top[0].confidence == nil)
    #expect(accumulator.top[0].frequency == nil)
    #expect(accumulator.each.count == 30)
  }

  @Test("calibrated in every bin is 0; always wrong is the confidence")
  func limits() {
    #expect(accumulator([(1, 0.75), (1, 0.75), (1, 0.75), (0, 0.75)]).value.top == 0)
    #expect(accumulator([(0, 1), (0, 1)]).value.top == 1)
    #expect(accumulator([]).value.top == nil)
    #expect(accumulator([]).value.classes == [nil, nil])
  }

  @Test("what is no probability, and another number of classes, trap")
  func impossible() async {
    await #expect(processExitsWith: .failure) {
      var accumulator = CalibrationAccumulator(classes: 2)
      accumulator.add(Outcome(truth: 0, predicted: 0, probabilities: [1.5, -0.5]))
    }
    await #expect(processExitsWith: .failure) {
      var accumulator = CalibrationAccumulator(classes: 2)
      accumulator.merge(CalibrationAccumulator(classes: 3))
    }
  }
}
