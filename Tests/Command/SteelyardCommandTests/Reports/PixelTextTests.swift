import Datasets
import Foundation
import Imaging
import SteelyardCommand
import Testing

/// A line for each choice that files left open, with how it was decided and the option that decides otherwise.
@Suite struct PixelTextTests {
  /// What files leave open, as a run keeps it.
  private func census(
    _ types: [String: Int], severalPages: Int = 0, mostPages: Int = 1, alpha: Int = 0,
    spareBands: Int = 0
  ) throws -> PixelCensus {
    let fields: [String: Any] = [
      "types": types, "severalPages": severalPages, "mostPages": mostPages, "alpha": alpha,
      "spareBands": spareBands,
      "scaledSamples": 0, "clippedSamples": 0,
    ]
    return try JSONDecoder().decode(
      PixelCensus.self, from: JSONSerialization.data(withJSONObject: fields))
  }

  private func estimate(
    _ scale: IntensityScale?, unsigned16High: Double? = nil, isFromExtremes: Bool = false
  ) throws -> IntensityEstimate {
    var fields: [String: Any] = ["is_from_extremes": isFromExtremes]
    if let scale {
      fields["scale"] =
        [
          "low": scale.low, "high": scale.high, "covers_unsigned_16": scale.coversUnsigned16,
        ] as [String: Any]
    }
    if let unsigned16High { fields["unsigned_16_high"] = unsigned16High }
    return try JSONDecoder().decode(
      IntensityEstimate.self, from: JSONSerialization.data(withJSONObject: fields))
  }

  private func lines(
    _ census: PixelCensus, _ reading: PixelReading, _ estimate: IntensityEstimate
  ) -> [String] {
    PixelText.lines(census, reading, estimate)
  }

  @Test func plainImagesNeedNoWord() throws {
    #expect(try lines(census(["uint8": 40]), PixelReading(), estimate(nil)) == [])
    #expect(
      try lines(census(["uint16": 4]), PixelReading(), estimate(nil, unsigned16High: 65_000)) == [])
  }

  /// A scale that was estimated is said with its source, one that was stated as such.
  @Test func whereAScaleComesFrom() throws {
    let scale = IntensityScale(low: -1000, high: 400.5, coversUnsigned16: false)
    let reading = PixelReading(scale: scale)
    let types = try census(["int16": 1200])
    #expect(
      try lines(types, reading, estimate(scale)) == [
        "intensity: 1,200 images of 16-bit signed samples: -1000…400.5 become black and white, the 0.5 and 99.5 % points of"
          + " the training part; --intensity LOW,HIGH states others"
      ])
    #expect(
      try lines(types, reading, estimate(scale, isFromExtremes: true)) == [
        "intensity: 1,200 images of 16-bit signed samples: -1000…400.5 become black and white, the lowest and highest of"
          + " the training part; --intensity LOW,HIGH states others"
      ])
    let other = IntensityScale(low: 0, high: 1, coversUnsigned16: false)
    #expect(
      try lines(types, reading, estimate(other)) == [
        "intensity: 1,200 images of 16-bit signed samples: -1000…400.5 become black and white, as stated"
      ])
    #expect(
      try lines(census(["uint8": 3]), reading, estimate(nil)) == [
        "intensity: no image needs it: -1000…400.5 become black and white, as stated"
      ])
  }

  /// Twelve bits in sixteen: 4,095 needs 12 bits, 4,096 needs 13.
  @Test(arguments: [
    (255.0, 8, "256"), (4095, 12, "4,096"), (4096, 13, "4,097"), (16_383, 14, "16,384"),
  ])
  func fewBitsInSixteen(_ high: Double, _ bits: Int, _ below: String) throws {
    let types = try census(["uint16": 1])
    #expect(
      try lines(types, PixelReading(), estimate(nil, unsigned16High: high)) == [
        "intensity: 1 image of 16-bit samples of which 99.5 % lie below \(below): \(bits) bits in 16; they are read by the range"
          + " of the type"
      ])
    let scale = IntensityScale(low: 0, high: high, coversUnsigned16: true)
    let found = try lines(
      types, PixelReading(scale: scale), estimate(scale, unsigned16High: high))
    #expect(found.count == 2)
    #expect(
      found.last?.hasSuffix(
        "they are read by that scale; --intensity 0,65535 keeps the range of the type")
        == true, "\(found)")
  }

  /// From a quarter of the range on the range of the type is right, and nothing is said.
  @Test func sixteenBitsThatAreUsed() throws {
    #expect(
      try lines(census(["uint16": 9]), PixelReading(), estimate(nil, unsigned16High: 16_384)) == [])
  }

  @Test func severalTypesAreWarnedOf() throws {
    let found = try lines(
      census(["uint16": 2, "uint8": 1000, "float32": 1]), PixelReading(), estimate(nil))
    #expect(
      found == [
        "warning: several sample types: 8-bit unsigned (1,000), 16-bit unsigned (2), 32-bit floating-point (1)"
      ])
  }

  @Test func pagesBandsAndAlpha() throws {
    let all = try census(["uint8": 9], severalPages: 1, mostPages: 1200, alpha: 2, spareBands: 3)
    #expect(
      try lines(all, PixelReading(page: 4, bands: [4, 3, 2], alpha: .white), estimate(nil)) == [
        "pages: 1 image with several pages or frames (at most 1,200); page 4 is read, the others are not; --page chooses",
        "bands: 3 images with bands that are neither colour nor alpha; bands 4, 3, 2 are read; --bands chooses",
        "alpha: 2 images with an alpha channel, composed onto white; --alpha-background chooses",
      ])
    #expect(
      try lines(all, PixelReading(alpha: .ignore), estimate(nil)) == [
        "pages: 1 image with several pages or frames (at most 1,200); page 1 is read, the others are not; --page chooses",
        "bands: 3 images with bands that are neither colour nor alpha; they are left out; --bands chooses",
        "alpha: 2 images with an alpha channel, left out; --alpha-background chooses",
      ])
  }

  /// A run from before there were scales stretches each image for itself, and says so where that makes a difference.
  @Test func runsFromBefore() throws {
    #expect(
      try lines(census(["int16": 2]), .perImage, estimate(nil)) == [
        "pixels: a run from before there were scales: each image is stretched by its own range"
      ])
    #expect(try lines(census(["uint8": 2]), .perImage, estimate(nil)) == [])
  }

  /// Digits of a scale: whole numbers whole, others with six.
  @Test(
    arguments: [
      (-0.5, 0.5, "-0.5…0.5"), (0, 1.0 / 3, "0…0.333333"), (0, 1e14, "0…100000000000000"),
      (0, 1e300, "0…1e+300"),
      (-1e-7, 1, "-1e-07…1"), (0, 123_456.789, "0…123457"),
    ] as [(Double, Double, String)])
  func digits(_ low: Double, _ high: Double, _ words: String) throws {
    let scale = IntensityScale(low: low, high: high, coversUnsigned16: false)
    let found = try lines(census(["float64": 1]), PixelReading(scale: scale), estimate(nil))
    #expect(
      found == [
        "intensity: 1 image of 64-bit floating-point samples: \(words) become black and white, as stated"
      ])
  }
}
