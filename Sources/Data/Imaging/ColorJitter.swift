public import Randomness
import Requirements

/// Changes brightness, contrast, saturation and hue by random amounts in random order.
///
/// Factors are uniform in `max(0, 1 − a)…1 + a`, the hue's turn in `−a…a`.
///
/// Source: torchvision's `ColorJitter`.
public struct ColorJitter: Transform, Equatable {
  /// Greatest change of the factor, at least 0.
  public let brightness: Double
  /// Greatest change of the factor, at least 0.
  public let contrast: Double
  /// Greatest change of the factor, at least 0.
  public let saturation: Double
  /// Greatest turn as a fraction of the circle, 0…0.5.
  public let hue: Double

  /// A jitter.
  ///
  /// - Parameters:
  ///   - brightness: greatest change of the factor, at least 0
  ///   - contrast: greatest change of the factor, at least 0
  ///   - saturation: greatest change of the factor, at least 0
  ///   - hue: greatest turn as a fraction of the circle, 0…0.5
  /// - Precondition: every amount lies in its range.
  public init(
    brightness: Double = 0, contrast: Double = 0, saturation: Double = 0, hue: Double = 0
  ) {
    require(
      brightness >= 0 && contrast >= 0 && saturation >= 0 && (0...0.5).contains(hue),
      "ColorJitter.init: expected amounts of 0 or more and a hue in 0...0.5, "
        + "got \(brightness), \(contrast), \(saturation) and \(hue)")
    self.brightness = brightness
    self.contrast = contrast
    self.saturation = saturation
    self.hue = hue
  }

  /// The changes in their order; none for an amount of 0.
  ///
  /// - Parameters:
  ///   - size: of the image
  ///   - generator: the order, then four amounts, whatever the order
  public func operations(
    for size: ImageSize, using generator: inout RandomSource
  ) -> [any ImageOperation] {
    let order = generator.shuffle(4)
    let adjustments: [ColorAdjustment] = [
      .brightness(generator.uniform(in: Self.factors(brightness))),
      .contrast(generator.uniform(in: Self.factors(contrast))),
      .saturation(generator.uniform(in: Self.factors(saturation))),
      .hue(generator.uniform(in: -hue...hue)),
    ]
    let amounts = [brightness, contrast, saturation, hue]
    return order.filter { amounts[$0] > 0 }.map { adjustments[$0] }
  }

  private static func factors(_ amount: Double) -> ClosedRange<Double> {
    max(0, 1 - amount)...(1 + amount)
  }
}
