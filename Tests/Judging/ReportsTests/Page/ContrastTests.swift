import Foundation
import Reports
import Testing

/// WCAG 2.2 AA, from the colours of the page itself: 4.5 : 1 for text, 3 : 1 for drawings.
@Suite struct ContrastTests {
  /// Red, green, blue, 0…255.
  typealias Colour = [Double]

  static let style: String = {
    let page = ReportDocument(title: "", runs: [RunReport(name: "x")]).html()
    return String(page.firstMatch(of: /<style>([^<]*)<\/style>/)?.1 ?? "")
  }()

  private func theme(_ name: String) throws -> [String: Colour] {
    let start = try #require(Self.style.range(of: name == "dark" ? "[data-theme=dark]{" : ":root{"))
    let block = Self.style[start.upperBound...].prefix { $0 != "}" }
    var colours: [String: Colour] = [:]
    for found in block.matches(of: /--([a-z0-9]+):([^;]+)/) {
      colours[String(found.1)] = Self.colour(String(found.2))
    }
    return colours
  }

  private static func colour(_ text: String) -> Colour {
    guard text.hasPrefix("#") else { return text.split(separator: ",").compactMap { Double($0) } }
    let digits = text.dropFirst().map { String($0) }
    let pairs =
      digits.count == 3
      ? digits.map { $0 + $0 } : stride(from: 0, to: 6, by: 2).map { digits[$0] + digits[$0 + 1] }
    return pairs.map { Double(Int($0, radix: 16) ?? 0) }
  }

  private func luminance(_ colour: Colour) -> Double {
    let parts = colour.map {
      $0 / 255 <= 0.04045 ? $0 / 255 / 12.92 : pow(($0 / 255 + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  private func contrast(_ a: Colour, _ b: Colour) -> Double {
    let (x, y) = (luminance(a), luminance(b))
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)
  }

  @Test(arguments: ["light", "dark"])
  func `text can be read on every ground`(name: String) throws {
    let colours = try theme(name)
    for text in ["ink", "soft", "link"] {
      for ground in ["paper", "raised", "warn", "good"] {
        let found = contrast(try #require(colours[text]), try #require(colours[ground]))
        #expect(found >= 4.5, "\(text) on \(ground): \(found)")
      }
    }
  }

  @Test(arguments: ["light", "dark"])
  func `lines can be seen`(name: String) throws {
    let colours = try theme(name)
    for line in ["s0", "s1", "s2", "s3", "s4", "s5", "accent"] {
      let found = contrast(try #require(colours[line]), try #require(colours["paper"]))
      #expect(found >= 3, "\(line): \(found)")
    }
  }

  @Test(arguments: ["light", "dark"])
  func `figures of the matrix can be read at every shade`(name: String) throws {
    let colours = try theme(name)
    var shades = 0
    for rule in Self.style.matches(
      of: /\.matrix \.([xy])(\d+)\{background:rgba\(var\(--[xy]\),([0-9.]+)\)(;color)?/)
    {
      let (hue, alpha) = (try #require(colours[String(rule.1)]), Double(rule.3) ?? 0)
      let ground = zip(hue, try #require(colours["raised"])).map { alpha * $0 + (1 - alpha) * $1 }
      let ink = try #require(colours[rule.4 == nil ? "ink" : "strong"])
      #expect(contrast(ink, ground) >= 4.5, "\(rule.1)\(rule.2): \(contrast(ink, ground))")
      shades += 1
    }
    #expect(shades == 20)
  }
}
