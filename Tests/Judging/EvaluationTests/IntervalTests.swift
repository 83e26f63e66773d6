import Evaluation
import TestSupport
import Testing

@Suite("Wilson's interval")
struct IntervalTests {
  @Test("equals scipy's")
  func golden() throws {
    let golden: [[Double]] = try Golden.load("Evaluation/wilson.json")
    #expect(golden.count > 50)
    for row in golden {
      let interval = Interval.wilson(Int(row[0]), of: Int(row[1]), level: row[2])
      #expect(matches(interval?.low, row[3]), "\(row)")
      #expect(matches(interval?.high, row[4]), "\(row)")
      #expect(interval?.level == row[2])
    }
  }

  @Test("no trials, no interval; the ends stay in 0…1")
  func limits() {
    #expect(Interval.wilson(0, of: 0) == nil)
    #expect(Interval.wilson(0, of: 5)?.low == 0)
    #expect(Interval.wilson(5, of: 5)?.high == 1)
  }

  @Test("impossible counts and levels trap")
  func impossible() async {
    await #expect(processExitsWith: .failure) { _ = Interval.wilson(3, of: 2) }
    await #expect(processExitsWith: .failure) { _ = Interval.wilson(1, of: 2, level: 1) }
  }
}
