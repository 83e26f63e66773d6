import Foundation
import Randomness

/// What a microscope and its user add: stain, background, uneven light, focus, noise. It says
/// nothing about the class.
struct Lighting: Sendable {
  /// Colours as red, green, blue from 0 to 1.
  var background: [Double]
  var stain: [Double]
  /// Slope of the brightness across the picture.
  var slope: Point
  /// How much darker the corners are.
  var vignette: Double
  /// Radius of the blur in pixels.
  var blur: Double
  /// Standard deviation of the noise per pixel and channel.
  var noise: Double

  init(using generator: inout RandomSource) {
    let level = generator.uniform(in: 0.82...0.96)
    background = [0.0, 0, 0].map { _ in level * generator.uniform(in: 0.97...1.03) }
    let strength = generator.uniform(in: 0.8...1.05)
    stain = [0.22, 0.62, 0.42].map { $0 * strength * generator.uniform(in: 0.9...1.1) }
    slope = Point(
      x: generator.uniform(in: -0.12...0.12), y: generator.uniform(in: -0.12...0.12))
    vignette = generator.uniform(in: 0...0.25)
    blur = generator.uniform(in: 0.2...0.7)
    noise = generator.uniform(in: 0.01...0.03)
  }

  /// The colour of a point through which this part of the light passes, by channel, 0 to 1.
  func color(at point: Point, transmission: [Double]) -> [Double] {
    let (x, y) = (point.x - 0.5, point.y - 0.5)
    let light = 1 + slope.x * x + slope.y * y - vignette * (x * x + y * y)
    return (0..<3).map { background[$0] * light * transmission[$0] }
  }
}
