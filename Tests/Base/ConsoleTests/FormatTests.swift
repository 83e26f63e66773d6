import Console
import Testing

@Suite("Numbers for people")
struct FormatTests {
  @Test func counts() {
    #expect(
      [0, 7, 999, 1000, 1_234_567, -1234].map(Format.count)
        == ["0", "7", "999", "1,000", "1,234,567", "-1,234"])
    #expect(Format.count(.min) == "-9,223,372,036,854,775,808")
  }

  @Test func decimals() {
    #expect(Format.decimal(0.6174) == "0.617")
    #expect(Format.decimal(0.0004) == "0.000")
    #expect(Format.decimal(-0.0004) == "0.000")
    #expect(Format.decimal(-1.25, places: 1) == "-1.3")
    #expect(Format.decimal(2.5, places: 0) == "3")
    #expect(Format.decimal(12.3456, places: 2) == "12.35")
    #expect(Format.decimal(nil) == "n/a")
    #expect(Format.decimal(.nan) == "nan")
    #expect(Format.decimal(1e300) == "1e+300")
  }

  /// What is small does not become 0.
  @Test func significantDigits() {
    #expect(
      [1e-6, -2.341e-9, 0.00123, 0.5, 9.996, 12.345, 12345.4, 0].map(Format.significant)
        == ["1.00e-6", "-2.34e-9", "0.00123", "0.500", "10.0", "12.3", "12345", "0"])
    #expect(Format.significant(5e-324) == "4.94e-324")
    #expect([.nan, .infinity].map(Format.significant) == ["n/a", "n/a"])
  }

  @Test func percents() {
    #expect(Format.percent(0.6174) == "61.7 %")
    #expect(Format.percent(1, places: 0) == "100 %")
    #expect(Format.percent(nil) == "n/a")
  }

  @Test func durations() {
    #expect(
      [0, 7.4, 59.6, 754, 3723, 360_000].map(Format.duration)
        == ["0:00", "0:07", "1:00", "12:34", "1:02:03", "100:00:00"])
    #expect([nil, -1, .nan, .infinity].map(Format.duration) == Array(repeating: "--:--", count: 4))
  }

  @Test func bytes() {
    #expect(
      [0, 512, 1023, 1024, 1536, 1_048_575, 2 << 30].map(Format.bytes)
        == ["0 B", "512 B", "1023 B", "1.0 KiB", "1.5 KiB", "1.0 MiB", "2.0 GiB"])
  }

  @Test func rates() {
    #expect(
      [1234.4, 104.2, 99.96, 10.44, 9.996, 1.044, 0.1044, 0].map(Format.rate)
        == ["1,234", "104", "100", "10.4", "10.0", "1.04", "0.104", "0.000"])
    #expect([.infinity, .nan, -1].map(Format.rate) == ["--", "--", "--"])
  }

  @Test("too many places trap")
  func places() async {
    await #expect(processExitsWith: .failure) { _ = Format.decimal(1, places: 16) }
  }
}
