import Console
import Foundation
import Testing

/// Numbers as text against what they are: nothing is further off than half of the last digit.
@Suite("Rounded numbers")
struct RoundedNumbersTests {
  @Test("three significant digits over thirty powers of ten")
  func significant() throws {
    for power in -15...15 {
      for lead in [1.0, 1.0049, 1.2345, 2.5, 4.4444, 7.895, 9.9949, 9.9951] {
        for sign in [1.0, -1] {
          let number = sign * lead * pow(10, Double(power))
          let text = Format.significant(number)
          let found = try #require(Double(text), "\(text)")
          // From 1000 on all digits before the point stand.
          let unit = min(1, pow(10, Double(power) - 2))
          #expect(abs(found - number) <= 0.51 * unit, "\(number): \(text)")
          #expect(
            text.contains("e") == (abs(number) < 0.0009995 || abs(number) >= 0x1p53),
            "\(number): \(text)")
        }
      }
    }
  }

  @Test("thousands, of every length")
  func counts() {
    var number = 1
    for length in 1...18 {
      let text = Format.count(number)
      #expect(text.replacing(",", with: "") == "\(number)")
      let groups = text.split(separator: ",")
      #expect(groups.dropFirst().allSatisfy { $0.count == 3 } && groups[0].count <= 3)
      #expect(Format.count(-number) == "-" + text)
      number = number * 10 + length % 10
    }
    #expect(Format.count(.max) == "9,223,372,036,854,775,807")
  }

  @Test("every seventh second of two hours")
  func durations() {
    for second in stride(from: 0, to: 7200, by: 7) {
      let parts = Format.duration(Double(second)).split(separator: ":").compactMap { Int($0) }
      #expect(parts.count == (second < 3600 ? 2 : 3))
      #expect(parts.reduce(0) { 60 * $0 + $1 } == second)
    }
    #expect(Format.duration(3599.5) == "1:00:00" && Format.duration(59.49) == "0:59")
    #expect(Format.duration(1e9) == "--:--" && Format.duration(999_999_999) != "--:--")
  }

  @Test("the last places before the next unit")
  func units() {
    #expect(Format.bytes(1_048_524) == "1023.9 KiB" && Format.bytes(1_048_525) == "1.0 MiB")
    #expect(Format.bytes(-2048) == "-2.0 KiB" && Format.bytes(1 << 50) == "1.0 PiB")
    #expect(Format.bytes(.max) == "8192.0 PiB")
    #expect(Format.percent(0.9995, places: 0) == "100 %" && Format.percent(0.0004) == "0.0 %")
    #expect(Format.decimal(0.1 + 0.2, places: 15) == "0.300000000000000")
    #expect(Format.decimal(-0.0) == "0.000" && Format.decimal(-0.5, places: 0) == "-1")
    #expect(Format.decimal(.infinity) == "inf" && Format.decimal(-.infinity) == "-inf")
  }

  @Test("a bar between a sliver and the whole, never longer for less")
  func bars() {
    var last = -1
    for part in 0...1000 {
      let bar = Bar.text(Double(part) / 1000, width: 7)
      let place = bar.last.flatMap { Array("▏▎▍▌▋▊▉").firstIndex(of: $0) }
      let eighths = 8 * bar.count { $0 == "█" } + (place.map { $0 + 1 } ?? 0)
      #expect(eighths >= last && displayWidth(bar) <= 7)
      #expect(
        abs(Double(eighths) - Double(part) * 56 / 1000) <= 0.500001 || eighths == 1 && part > 0)
      last = eighths
    }
    #expect(last == 56)
    #expect(Bar.histogram([1, 1_000_000], width: 10) == ["▏", "██████████"])
  }

  @Test("titles with bars do not make columns in Markdown")
  func barsInTitles() {
    var table = TextTable([.left("a|b"), .right("n")])
    table.add(["x|y", "1"])
    #expect(
      table.markdown() == """
        | a\\|b |   n |
        | ---- | --: |
        | x\\|y |   1 |

        """)
    #expect(table.text() == "a|b  n\n───  ─\nx|y  1\n")
  }

  @Test("line breaks of either kind in a cell")
  func lineBreaks() {
    var table = TextTable([.left("a"), .left("b")])
    table.add(["x\r\ny\n", ""])
    #expect(table.text() == "a     b\n────  ─\nx y\n")
  }

  @Test("a cut within an escape sequence, and a text of escapes alone")
  func escapes() {
    #expect(displayWidth("\u{1B}[31") == 0 && displayWidth("a\u{1B}[0m\u{1B}[1mb") == 2)
    #expect(truncated("\u{1B}[31m\u{1B}[0m", to: 0) == "\u{1B}[31m\u{1B}[0m")
    #expect(displayWidth("a\tb") == 2 && displayWidth("\u{7F}") == 0)
    #expect(displayWidth("한국어") == 6 && displayWidth("ｱ") == 1 && displayWidth("Ａ") == 2)
    #expect(
      displayWidth("e\u{301}\u{302}") == 1 && displayWidth("👩🏽‍🔬") == 2 && displayWidth("🇩🇪") == 2)
  }
}
