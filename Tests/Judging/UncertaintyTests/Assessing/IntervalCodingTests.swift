import Evaluation
import Files
import Testing
import Uncertainty

@Suite("Intervals in JSON")
struct IntervalCodingTests {
  private func text(_ value: some Encodable) throws -> String {
    String(decoding: try JSONFile.encodeLine(value), as: UTF8.self)
  }

  @Test("an interval says how it was made, and what it leaves out")
  func interval() throws {
    let plain = MetricInterval(low: 0.25, high: 0.5, level: 0.95, method: .deLong)
    #expect(
      try text(plain) == "{\"high\":0.5,\"level\":0.95,\"low\":0.25,\"method\":\"delong\"}\n")
    let some = MetricInterval(low: 0.25, high: 0.5, level: 0.9, method: .bca, undefined: 7)
    #expect(try text(some).contains("\"undefined\":7"))
    for interval in [plain, some] {
      let bytes = try JSONFile.encode(interval)
      #expect(try JSONFile.decode(MetricInterval.self, from: bytes, name: "x") == interval)
    }
  }

  @Test("the ends belong to it")
  func contains() {
    let interval = MetricInterval(low: 0.25, high: 0.5, level: 0.95, method: .bca)
    #expect(interval.contains(0.25) && interval.contains(0.5) && interval.contains(0.3))
    #expect(!interval.contains(0.24) && !interval.contains(0.51))
  }

  @Test("the names of methods, once and for all")
  func names() {
    #expect(
      MetricInterval.Method.allCases.map(\.rawValue)
        == [
          "wilson", "clopper-pearson", "newcombe", "delong", "area-score", "precision-logit",
          "mover-wilson", "adjusted-wald", "jackknife", "profile-likelihood", "wald",
          "folded-normal", "percentile", "bca", "basic",
        ])
    #expect(BootstrapMethod.allCases.map(\.rawValue) == ["percentile", "bca", "basic"])
    #expect(
      ClassStatistic.allCases.map(\.rawValue)
        == ["recall", "precision", "specificity", "f1", "roc_auc", "average_precision"])
  }

  @Test("several intervals share a level: what one leaves out is divided")
  func shared() {
    let settings = IntervalSettings(seed: 5, level: 0.95)
    #expect(abs(settings.shared(by: 6).level - (1 - 0.05 / 6)) < 1e-15)
    #expect(settings.shared(by: 1) == settings && settings.shared(by: 6).seed == 5)
  }

  @Test("settings and differences read back; an undefined difference is null, not absent")
  func others() throws {
    let settings = IntervalSettings(
      resamples: 7, seed: 3, level: 0.9, method: .percentile, rates: .clopperPearson,
      groupColumn: "smear", threads: 1)
    let bytes = try JSONFile.encode(settings)
    #expect(try JSONFile.decode(IntervalSettings.self, from: bytes, name: "x") == settings)
    #expect(try text(settings).contains("\"group_column\":\"smear\""))
    let none = Difference(first: 0.5, second: nil, interval: nil)
    #expect(none.difference == nil)
    #expect(try text(none) == "{\"a\":0.5,\"b\":null,\"difference\":null,\"interval\":null}\n")
    let some = Difference(first: 0.5, second: 0.75, interval: nil)
    #expect(some.difference == 0.25)
  }
}
