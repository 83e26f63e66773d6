import Foundation
import Imaging
import Randomness

/// A square picture with real-valued colours, before it becomes bytes.
struct Canvas: Sendable {
  let side: Int
  /// Height × width × 3, nominally 0 to 1.
  var colors: [Double]

  /// Paints every pixel with the colour of its middle.
  init(side: Int, color: (Point) -> [Double]) {
    self.side = side
    colors = []
    colors.reserveCapacity(side * side * 3)
    for row in 0..<side {
      for column in 0..<side {
        let middle = Point(
          x: (Double(column) + 0.5) / Double(side), y: (Double(row) + 0.5) / Double(side))
        colors += color(middle)
      }
    }
  }

  /// Blurs with a Gaussian of this radius (in pixels), cut at three pixels; edges are repeated.
  mutating func blur(radius: Double) {
    let weights = (-3...3).map { exp(-Double($0 * $0) / (2 * radius * radius)) }
    let total = weights.reduce(0, +)
    let kernel = weights.map { $0 / total }
    convolve(kernel, pixelStep: 3) { pixel, side in pixel % side }
    convolve(kernel, pixelStep: 3 * side) { pixel, side in pixel / side }
  }

  /// Convolves along one axis; `place` is a pixel's index along it, given the side.
  private mutating func convolve(_ kernel: [Double], pixelStep: Int, place: (Int, Int) -> Int) {
    let source = colors
    for pixel in 0..<side * side {
      let here = place(pixel, side)
      for channel in 0..<3 {
        var sum = 0.0
        for (tap, weight) in kernel.enumerated() {
          let shift = min(max(here + tap - 3, 0), side - 1) - here
          sum += weight * source[pixel * 3 + channel + shift * pixelStep]
        }
        colors[pixel * 3 + channel] = sum
      }
    }
  }

  /// Adds normal noise of this standard deviation to every value.
  mutating func addNoise(_ deviation: Double, using generator: inout RandomSource) {
    for index in colors.indices { colors[index] += deviation * generator.normal() }
  }

  /// The picture in bytes.
  var image: Image {
    let bytes = colors.map { UInt8(min(max(($0 * 255).rounded(), 0), 255)) }
    return Image(width: side, height: side, channels: 3, pixels: bytes)
  }
}
