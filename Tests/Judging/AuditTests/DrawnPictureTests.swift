import Audit
import Files
import Foundation
import Imaging
import Randomness
import TestSupport
import Testing

/// Facts of pictures that were drawn so that they are known, and what is said of sets of them.
@Suite struct DrawnPictureTests {
  private func grey(_ width: Int, _ height: Int, _ value: (Int, Int) -> Int) -> Image {
    Image(
      width: width, height: height, channels: 1,
      pixels: (0..<width * height).map { UInt8(value($0 % width, $0 / width)) })
  }

  private func colour(_ r: UInt8, _ g: UInt8, _ b: UInt8, side: Int = 4) -> Image {
    Image(
      width: side, height: side, channels: 3,
      pixels: (0..<side * side).flatMap { _ in [r, g, b] })
  }

  /// A picture of one colour: its perceived brightness, no contrast, no structure, and the spread of its channels.
  @Test func onePlainColour() {
    for (r, g, b) in [
      (0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255), (10, 200, 90), (7, 7, 7),
    ] as [(UInt8, UInt8, UInt8)] {
      let facts = ImageFacts(colour(r, g, b))
      let value =
        (0.241 * pow(Double(r), 2) + 0.691 * pow(Double(g), 2)
        + 0.068 * pow(Double(b), 2)).squareRoot()
      #expect(close(facts.brightness, value / 255, relative: 1e-12, absolute: 1e-15))
      #expect(facts.contrast < 1e-7 && facts.sharpness < 1e-6)
      #expect(close(facts.colour, Double(max(r, g, b) - min(r, g, b)) / 255, relative: 1e-12))
      #expect(facts.dark == facts.light)
      #expect(abs(facts.dark - value / 255) <= 0.5 / 255 + 1e-12)
    }
  }

  /// Grey pixels are the same in one channel as in three.
  @Test func greyIsGrey() {
    var source = RandomKey(seed: 1).source
    let values = (0..<63).map { _ in UInt8(source.below(256)) }
    let one = ImageFacts(Image(width: 9, height: 7, channels: 1, pixels: values))
    let three = ImageFacts(
      Image(width: 9, height: 7, channels: 3, pixels: values.flatMap { [$0, $0, $0] }))
    #expect(close(one.brightness, three.brightness, relative: 1e-12))
    #expect(close(one.contrast, three.contrast, relative: 1e-9))
    #expect(close(one.sharpness, three.sharpness, relative: 1e-5))
    #expect(one.dark == three.dark && one.light == three.light && three.colour == 0)
    let mean = values.reduce(0.0) { $0 + Double($1) } / 63
    let variance = values.reduce(0.0) { $0 + pow(Double($1) - mean, 2) } / 63
    #expect(close(one.brightness, mean / 255, relative: 1e-9))
    #expect(close(one.contrast, variance.squareRoot() / 255, relative: 1e-9))
  }

  /// A board of black and white: the Laplacian is ±1020 everywhere; a ramp has none; two rows have no inside.
  @Test func sharpnessByHand() {
    let board = ImageFacts(grey(5, 5) { 255 * (($0 + $1) % 2) })
    // Nine places inside, five of them of the corners' colour.
    #expect(close(board.sharpness, 1020.0 * 1020 * (1 - 1 / 81.0), relative: 1e-5))
    #expect(
      close(ImageFacts(grey(6, 4) { 255 * (($0 + $1) % 2) }).sharpness, 1_040_400, relative: 1e-5))
    #expect(ImageFacts(grey(16, 16) { 10 + 8 * $0 + 3 * $1 }).sharpness < 1e-3)
    #expect(ImageFacts(grey(2, 9) { x, _ in 255 * x }).sharpness == 0)
    #expect(ImageFacts(grey(9, 2) { x, _ in 255 * (x % 2) }).sharpness == 0)
    // A step from 0 to 100 in 8 columns: of the six inside, one is −100 and one 100.
    let step = ImageFacts(grey(8, 5) { x, _ in x < 4 ? 0 : 100 })
    #expect(close(step.sharpness, 2 * 10_000 / 6.0, relative: 1e-5))
  }

  /// Mirrored, turned or twice as bright: the same, the same, and numbers that follow.
  @Test func relations() {
    var source = RandomKey(seed: 2).source
    let values = (0..<56).map { _ in source.below(128) }
    let plain = ImageFacts(grey(8, 7) { values[$1 * 8 + $0] })
    for other in [
      ImageFacts(grey(8, 7) { values[$1 * 8 + 7 - $0] }),
      ImageFacts(grey(8, 7) { values[(6 - $1) * 8 + $0] }),
      ImageFacts(grey(7, 8) { values[$0 * 8 + $1] }),
    ] {
      #expect(close(plain.brightness, other.brightness, relative: 1e-12))
      #expect(close(plain.contrast, other.contrast, relative: 1e-9))
      #expect(close(plain.sharpness, other.sharpness, relative: 1e-6))
      #expect(plain.dark == other.dark && plain.light == other.light)
      #expect(close(abs(plain.shape), abs(other.shape), relative: 1e-12))
      #expect(close(plain.size, other.size, relative: 1e-12))
    }
    let twice = ImageFacts(grey(8, 7) { 2 * values[$1 * 8 + $0] })
    #expect(close(twice.brightness, 2 * plain.brightness, relative: 1e-12))
    #expect(close(twice.contrast, 2 * plain.contrast, relative: 1e-9))
    #expect(close(twice.sharpness, 4 * plain.sharpness, relative: 1e-5))
  }

  /// 5 % of the pixels are darker than `dark`, 1 % brighter than `light`: of 100 pixels the fifth and the last but one.
  @Test func sharesOfPixels() {
    for black in [0, 4, 5, 6, 98, 99, 100] {
      let facts = ImageFacts(grey(10, 10) { $1 * 10 + $0 < black ? 0 : 255 })
      #expect(facts.dark == (black >= 5 ? 0 : 1), "\(black)")
      #expect(facts.light == (black >= 99 ? 0 : 1), "\(black)")
    }
    let ramp = ImageFacts(grey(10, 10) { $1 * 10 + $0 })
    #expect(close(ramp.dark, 4 / 255.0, relative: 1e-12))
    #expect(close(ramp.light, 98 / 255.0, relative: 1e-12))
  }

  @Test func shapesAndSizes() {
    let wide = ImageFacts(grey(32, 8) { _, _ in 0 })
    #expect(wide.shape == 2 && wide.size == 4)
    #expect(ImageFacts(grey(8, 32) { _, _ in 0 }).shape == -2)
    let dot = ImageFacts(grey(1, 1) { _, _ in 255 })
    #expect(dot.shape == 0 && dot.size == 0 && dot.light == 1)
    #expect(close(dot.brightness, 1, relative: 1e-12))
  }

  private func facts(
    _ change: (inout ImageFacts) -> Void = { _ in }
  ) -> ImageFacts {
    var facts = ImageFacts(grey(16, 16) { 60 + 40 * (($0 + $1) % 2) })
    facts.colour = 0.2
    change(&facts)
    return facts
  }

  private func issues(_ odd: ImageFacts, among: Int = 10) -> Set<ImageQuality.Issue> {
    ImageQuality([ImageFacts](repeating: facts(), count: among) + [odd]).issues[among]
  }

  /// Each bound from both sides.
  @Test func boundsOfQuality() {
    #expect(issues(facts()).isEmpty)
    #expect(issues(facts { $0.light = 0.319 }) == [.dark])
    #expect(issues(facts { $0.light = 0.32 }).isEmpty)
    #expect(issues(facts { $0.dark = 0.951 }) == [.blownOut])
    #expect(issues(facts { $0.dark = 0.95 }).isEmpty)
    // A tenth of the sharpness of the others, and a little less.
    #expect(issues(facts { $0.sharpness *= 0.101 }).isEmpty)
    #expect(issues(facts { $0.sharpness *= 0.099 }) == [.blurred])
    #expect(issues(facts { $0.sharpness *= 1000 }).isEmpty)
    // Sides √10 times as long, in either direction.
    #expect(issues(facts { ($0.width, $0.height) = (50, 50) }).isEmpty)
    #expect(issues(facts { ($0.width, $0.height) = (51, 51) }) == [.oddSize])
    #expect(issues(facts { ($0.width, $0.height) = (6, 6) }).isEmpty)
    #expect(issues(facts { ($0.width, $0.height) = (5, 5) }) == [.oddSize])
    // Twice as wide is allowed, more is not.
    #expect(issues(facts { $0.width = 32 }).isEmpty)
    #expect(issues(facts { $0.width = 33 }) == [.oddShape])
    #expect(issues(facts { $0.height = 33 }) == [.oddShape])
    #expect(issues(facts { $0.colour = 0 }) == [.grey])
    #expect(issues(facts { $0.colour = 1 / 255.0 }).isEmpty)
  }

  /// Sets in which there is no rule to be odd by.
  @Test func smallSets() {
    #expect(ImageQuality([]).issues.isEmpty)
    #expect(ImageQuality([facts { $0.colour = 0 }]).issues == [[]])
    // Half of them without colour: none is the odd one.
    let half = ImageQuality([facts(), facts { $0.colour = 0 }])
    #expect(half.issues == [[], []])
    let third = ImageQuality([facts(), facts(), facts { $0.colour = 0 }])
    #expect(third.issues == [[], [], [.grey]])
  }

  /// What is said of an image does not depend on where it stands.
  @Test func imagesHaveNoOrder() {
    var source = RandomKey(seed: 3).source
    let all = (0..<41).map { _ in
      facts {
        $0.sharpness *= pow(10, 3 * source.uniform() - 2)
        $0.width = 4 + source.below(60)
        $0.height = 4 + source.below(60)
        $0.colour = source.below(3) == 0 ? 0 : 0.5
        $0.light = source.uniform()
        $0.dark = source.uniform()
      }
    }
    let order = source.shuffle(all.count)
    let plain = ImageQuality(all).issues
    #expect(ImageQuality(order.map { all[$0] }).issues == order.map { plain[$0] })
    #expect(Set(plain.flatMap(\.self)).count >= 3)
  }

  /// The table of images: names that hold separators, no cell for a file that is none of its own, issues in their order.
  @Test func theTableOnTheDisk() throws {
    let names = ["a,b.png", "say \"x\".png", "zwei\nZeilen", "猫.jpg"]
    let all = [
      facts { $0.fileBytes = 17 }, facts { ($0.light, $0.colour) = (0.1, 0) }, facts(), facts(),
    ]
    let audit = PictureAudit(
      all, paths: names, labels: [0, 1, 0, 1], classes: ["x;y", "\"z\""])
    #expect(audit.correlations.allSatisfy { $0.name != "file size" })
    #expect(audit.summary.issues["dark"] == 1 && audit.summary.issues["grey"] == 1)
    #expect(audit.summary.issues.count == ImageQuality.Issue.allCases.count)
    try withTemporaryFolder { folder in
      try audit.write(to: folder + "/images.csv")
      var reader = try DelimitedReader(path: folder + "/images.csv")
      #expect(
        reader.columns == [
          "path", "class", "width", "height", "file_bytes", "brightness", "contrast", "sharpness",
          "colour", "issues",
        ])
      for row in 0..<4 {
        let fields = try #require(try reader.next()).fields
        #expect(fields[0] == names[row] && fields[1] == ["x;y", "\"z\""][row % 2])
        #expect(fields[2] == "16" && fields[3] == "16" && fields[4] == (row == 0 ? "17" : ""))
        #expect(Double(fields[7]) == all[row].sharpness && Double(fields[8]) == all[row].colour)
        #expect(fields[9] == (row == 1 ? "dark grey" : ""))
      }
    }
  }
}
