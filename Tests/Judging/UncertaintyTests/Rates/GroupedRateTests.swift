import Evaluation
import TestSupport
import Testing
import Uncertainty

@Suite("Rates of examples that belong together")
struct GroupedRateTests {
  private func ends(_ flags: [Bool], _ groups: [String]?) throws -> [Double] {
    let interval = try #require(Interval.wilson(flags, groups: groups))
    return [interval.low, interval.high]
  }

  @Test("without groups, or with a group each, it is Wilson's own")
  func independent() throws {
    let flags = (0..<40).map { $0 % 3 == 0 }
    let plain = try #require(Interval.wilson(14, of: 40))
    #expect(try ends(flags, nil) == [plain.low, plain.high])
    #expect(try ends(flags, (0..<40).map { "\($0)" }) == [plain.low, plain.high])
    #expect(try ends(flags, flags.map { _ in "" }) == [plain.low, plain.high])
    #expect(Interval.wilson([], groups: []) == nil)
  }

  @Test("images of a patient that are all alike count as one; unanimous ones too")
  func copies() throws {
    let patients = (0..<12).map { $0 < 5 }
    let flags = patients.flatMap { [$0, $0, $0, $0] }
    let groups = (0..<12).flatMap { [String](repeating: "p\($0)", count: 4) }
    // 12 patients, times (z/t)² with 11 degrees of freedom, times (G − 1)/G of the variance.
    let factor = 1.959963984540054 / 2.200985160082949
    let size = 12 * factor * factor * 11 / 12
    let expected = try #require(Interval.wilson(5 / 12 * size, of: size, level: 0.95))
    #expect(
      difference(try ends(flags, groups), [expected.low, expected.high], relative: 1e-9) == nil)
    let all = try ends(flags.map { _ in true }, groups)
    let twelve = try #require(Interval.wilson(12, of: 12))
    #expect(difference(all, [twelve.low, 1], relative: 1e-12) == nil)
  }

  @Test("patients that differ no more than chance cost nothing: never more than the examples are")
  func bounded() throws {
    let flags = (0..<40).map { $0 % 2 == 0 }
    let groups = (0..<40).map { "p\($0 / 2)" }
    let plain = try #require(Interval.wilson(20, of: 40))
    #expect(try ends(flags, groups) == [plain.low, plain.high])
  }

  @Test("one more error never raises the lower end")
  func monotone() throws {
    let groups = (0..<200).map { "p\($0 / 10)" }
    let lows = try (0...8).map { errors in try ends((0..<200).map { $0 >= errors }, groups)[0] }
    for (fewer, more) in zip(lows, lows.dropFirst()) { #expect(more <= fewer, "\(lows)") }
    #expect(lows[1] < 0.9, "twenty patients, not two hundred images")
  }
}
