import Audit
import Foundation
import Imaging
import Randomness
import TestSupport
import Testing

@Suite struct PictureAuditTests {
  private func image(
    _ source: inout RandomSource, width: Int = 24, height: Int = 24, low: Int = 60, high: Int = 200,
    isGrey: Bool = false, isSmooth: Bool = false
  ) -> Image {
    var pixels: [UInt8] = []
    for _ in 0..<width * height {
      let value = isSmooth ? (low + high) / 2 : low + source.below(high - low)
      for channel in 0..<3 {
        let shift = isGrey ? 0 : 12 * channel
        pixels.append(UInt8(min(255, value + shift)))
      }
    }
    return Image(width: width, height: height, channels: 3, pixels: pixels)
  }

  /// One image with each fault among forty without.
  @Test(arguments: [UInt64(1), 2, 3]) func plantedFaultsAreFound(seed: UInt64) {
    var source = RandomKey(seed: seed).source
    var facts = (0..<40).map { _ in ImageFacts(image(&source)) }
    facts.append(ImageFacts(image(&source, low: 0, high: 30)))
    facts.append(ImageFacts(image(&source, low: 252, high: 255)))
    facts.append(ImageFacts(image(&source, isSmooth: true)))
    facts.append(ImageFacts(image(&source, width: 120, height: 120)))
    facts.append(ImageFacts(image(&source, width: 60, height: 12)))
    facts.append(ImageFacts(image(&source, isGrey: true)))
    let issues = ImageQuality(facts).issues
    #expect(issues[..<40].allSatisfy { $0.isEmpty })
    for (row, issue) in zip(40..., ImageQuality.Issue.allCases) {
      #expect(issues[row].contains(issue), "\(issue): \(issues[row])")
    }
  }

  /// Brightness, quantiles, sharpness by hand: a picture of one bright pixel among dark ones.
  @Test func factsAreWhatTheyAreSaidToBe() {
    var pixels = [UInt8](repeating: 0, count: 25)
    pixels[12] = 255
    let facts = ImageFacts(Image(width: 5, height: 5, channels: 1, pixels: pixels), fileBytes: 7)
    #expect(close(facts.brightness, 1 / 25.0, relative: 1e-9))
    #expect(close(facts.contrast, (1 / 25.0 - 1 / 625.0).squareRoot(), relative: 1e-9))
    #expect(facts.dark == 0 && facts.light == 1 && facts.colour == 0 && facts.fileBytes == 7)
    // Nine values inside the border: 4 · 255 once, −255 four times, 0 four times; their mean is 0.
    #expect(close(facts.sharpness, (1020.0 * 1020 + 4 * 255 * 255) / 9, relative: 1e-5))
    #expect(facts.shape == 0 && close(facts.size, log2(5.0), relative: 1e-12))
  }

  /// SciPy's `kruskal` on the same values, ties among them.
  @Test func theTestIsKruskalAndWallis() throws {
    let values = [1.0, 2, 2, 3, 5, 8, 8, 9, 4, 4]
    let labels: [Int32] = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2]
    let found = try #require(SpuriousCorrelation("x", values, labels: labels, classes: 4))
    #expect(close(found.effect * 9, 6.833333333333328, relative: 1e-9))
    #expect(close(found.p, 0.0328216583266633, relative: 1e-9))
    #expect(SpuriousCorrelation("x", [1, 1, 1], labels: [0, 1, 1], classes: 2) == nil)
    #expect(SpuriousCorrelation("x", [1, 2, 3], labels: [1, 1, 1], classes: 2) == nil)
  }

  /// A class that is brighter than the other is told; brightness that does not go with the class is not.
  @Test(arguments: [UInt64(1), 2, 3]) func plantedCorrelationIsFound(seed: UInt64) throws {
    var source = RandomKey(seed: seed).source
    for gap in [0, 50] {
      let labels = (0..<120).map { Int32($0 % 3 == 0 ? 1 : 0) }
      let facts = labels.map { label in
        let low = 20 + source.below(60) + (label == 1 ? gap : 0)
        return ImageFacts(image(&source, width: 8, height: 8, low: low, high: low + 40))
      }
      let audit = PictureAudit(
        facts, paths: (0..<120).map(String.init), labels: labels, classes: ["a", "b"])
      let brightness = try #require(audit.correlations.first { $0.name == "brightness" })
      #expect(brightness.isStriking == (gap > 0), "\(brightness)")
    }
  }
}
