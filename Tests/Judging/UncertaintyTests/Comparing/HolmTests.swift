import TestSupport
import Testing
import Uncertainty

@Suite("Holm's correction")
struct HolmTests {
  @Test("equals its definition in Python")
  func golden() throws {
    for pair in try ComparingGolden.load().holm {
      #expect(difference(holmAdjusted(pair[0]).compactMap { $0 }, pair[1]) == nil)
    }
  }

  @Test("undefined tests stay undefined and are not counted")
  func undefined() {
    #expect(holmAdjusted([nil, 0.01, nil]) == [nil, 0.01, nil])
    #expect(holmAdjusted([]) == [])
  }

  @Test("never below the p-value, never above Bonferroni's, in the same order")
  func order() {
    let p: [Double] = [0.04, 0.01, 0.03, 0.9, 0.01]
    let adjusted = holmAdjusted(p).compactMap { $0 }
    for (raw, new) in zip(p, adjusted) { #expect(new >= raw && new <= min(1, 5 * raw)) }
    for i in p.indices {
      for j in p.indices where p[i] < p[j] { #expect(adjusted[i] <= adjusted[j]) }
    }
    #expect(adjusted[1] == adjusted[4])
  }
}
