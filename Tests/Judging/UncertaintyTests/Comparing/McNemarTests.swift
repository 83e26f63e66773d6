import Files
import TestSupport
import Testing
import Uncertainty

@Suite("McNemar's test")
struct McNemarTests {
  @Test("equals scipy's binomtest where exact, and its mid-p where not")
  func golden() throws {
    for row in try ComparingGolden.load().mcnemar {
      let test = McNemar(onlyFirst: Int(row[0]), onlySecond: Int(row[1]))
      #expect(close(test.pValue, row[2], relative: 1e-9, absolute: 1e-15), "\(row): \(test)")
      #expect(test.method == (row[0] + row[1] < 25 ? .exact : .midP))
    }
  }

  @Test("swapping the models changes nothing; no discordant example says nothing")
  func symmetry() {
    for (b, c) in [(0, 0), (1, 7), (12, 30), (400, 380)] {
      let forth = McNemar(onlyFirst: b, onlySecond: c)
      #expect(forth.pValue == McNemar(onlyFirst: c, onlySecond: b).pValue)
    }
    #expect(McNemar(onlyFirst: 0, onlySecond: 0).pValue == 1)
  }

  @Test("counts the discordant examples")
  func counts() {
    let test = McNemar(first: [true, true, false, false], second: [true, false, true, false])
    #expect(test.onlyFirst == 1 && test.onlySecond == 1)
    #expect(test.pValue == 1)
  }

  @Test("the exact test never alarms too often, for any number of discordant examples below 25")
  func size() {
    for discordant in 1..<25 {
      var (alarms, all) = (0.0, 0.0)
      var ways = 1.0
      for first in 0...discordant {
        if first > 0 { ways *= Double(discordant - first + 1) / Double(first) }
        all += ways
        let test = McNemar(onlyFirst: first, onlySecond: discordant - first)
        if test.pValue <= 0.05 { alarms += ways }
      }
      #expect(alarms / all <= 0.05)
    }
  }

  @Test("its keys")
  func keys() throws {
    let bytes = try JSONFile.encodeLine(McNemar(onlyFirst: 2, onlySecond: 2))
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == "{\"method\":\"exact\",\"only_a_correct\":2,\"only_b_correct\":2,\"p_value\":1}\n")
  }

  @Test("different lengths and negative counts trap")
  func impossible() async {
    await #expect(processExitsWith: .failure) { _ = McNemar(first: [true], second: []) }
    await #expect(processExitsWith: .failure) { _ = McNemar(onlyFirst: -1, onlySecond: 0) }
  }
}
