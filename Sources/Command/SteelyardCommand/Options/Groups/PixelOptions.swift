package import Imaging

/// How stored samples become pictures, where a file leaves a choice: options of every command that reads
/// images; a model keeps those that it was trained with.
package struct PixelOptions: Declarations {
  package init() {}

  package let page = Declaration(
    "page", default: 1, range: .page,
    help: "Which page, frame or image of a file with several is read.", value: "number")

  package let bands = Declaration(
    "bands", default: BandChoice?.none, without: "the first three, or the first of two",
    help: "Bands that are read as red, green and blue, or the one that is read as grey.",
    value: "numbers")

  package let alphaBackground = Declaration(
    "alpha-background", default: PixelReading.Alpha.black,
    help: "What transparent pixels are composed onto.", value: "what")

  package let intensity = Declaration(
    "intensity", default: IntensityScale?.none,
    without: "percentiles of the training part; of 16-bit ones that use their range its ends",
    help: "Stored values that become black and white in images of more than 8 bits.",
    value: "low,high")
}

extension ValueRange where Value == Int {
  /// A page of a file.
  package static var page: ValueRange {
    ValueRange("a whole number from 1 to \(PixelReading.limit)") {
      (1...PixelReading.limit).contains($0)
    }
  }
}

extension TrainOptions {
  /// The reading that the options come to.
  package var pixelReading: PixelReading { pixelReading(over: basePixelReading) }

  /// Reads as a model does, but for what is typed now.
  package mutating func readPixels(as model: PixelReading, but typed: TrainOptions) {
    basePixelReading = model
    let group = Self.pixels
    for field in group.fields { forget(field) }
    if let page = typed.given(group.page) { self[group.page] = page }
    if let bands = typed.given(group.bands) { self[group.bands] = bands }
    if let alpha = typed.given(group.alphaBackground) { self[group.alphaBackground] = alpha }
    if let scale = typed.given(group.intensity) { self[group.intensity] = scale }
  }

  /// A run from before there were these options, whose `config.yaml` has none of them, goes on as it was
  /// started: with each image stretched for itself.
  package mutating func readPixelsAsStarted() {
    if given(Self.pixels.page) == nil { basePixelReading = .perImage }
  }

  /// The reading that the options make of another: what was not given stays as it is there.
  private func pixelReading(over base: PixelReading) -> PixelReading {
    let group = Self.pixels
    var reading = base
    if let scale = given(group.intensity) ?? nil {
      // A scale is one for all images, whatever the reading was before.
      reading = PixelReading(page: base.page, bands: base.bands, alpha: base.alpha, scale: scale)
    }
    if let page = given(group.page) { reading.page = page }
    if let bands = given(group.bands) { reading.bands = bands?.numbers }
    if let alpha = given(group.alphaBackground) { reading.alpha = alpha }
    return reading
  }
}
