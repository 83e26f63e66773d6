import Foundation
import Randomness

/// One cell: where it lies, its outline, how its inside is shaded. Lengths are in parts of the
/// picture's side.
struct Cell: Sendable {
  var center: Point
  var radius: Double
  /// Of the outline, in radians.
  var rotation: Double
  var outline: Outline
  /// How strongly it takes up each of the three colours of the stain; kinds differ a little in that.
  var tint: [Double]
  /// How much paler the middle is than the rim, 0 to 1.
  var pallor: Double
  /// How dark the spot in the pale middle is, 0 to 1; only targets have one.
  var spot = 0.0
  /// Dark grains inside, in units of the radius around the centre.
  var grains: [Point] = []

  /// A cell of this kind, drawn at random; kinds overlap, as they do in life.
  init(
    _ kind: CellKind, at center: Point, using generator: inout RandomSource
  ) {
    self.center = center
    radius = generator.uniform(in: 0.27...0.36)
    rotation = generator.uniform(in: 0...(2 * .pi))
    pallor = generator.uniform(in: 0.15...0.6)
    tint = kind.tint.map { $0 * generator.uniform(in: 0.88...1.12) }
    outline = .ellipse(elongation: generator.uniform(in: 1...1.14))
    switch kind {
    case .round: break
    case .oval: outline = .ellipse(elongation: generator.uniform(in: 1.2...1.7))
    case .target: spot = generator.uniform(in: 0.5...1)
    case .burr:
      outline = .wavy(
        waves: 8 + generator.below(5), height: generator.uniform(in: 0.05...0.11))
    case .crescent: outline = .crescent(bite: generator.uniform(in: 0.7...1.2))
    case .drop: outline = .drop(tail: generator.uniform(in: 0.35...0.7))
    case .helmet: outline = .cut(at: generator.uniform(in: 0.3...0.65))
    case .dotted: grains = Self.grains(using: &generator)
    }
  }

  private static func grains(using generator: inout RandomSource) -> [Point] {
    (0..<(3 + generator.below(5))).map { _ in
      let (distance, angle) = (
        generator.uniform().squareRoot() * 0.75, generator.uniform() * 2 * .pi
      )
      return Point(x: distance * cos(angle), y: distance * sin(angle))
    }
  }

  /// How much of the cell's stain lies on the point, 0 to 1; `pixel` is the side of a pixel, over
  /// which the edge is softened.
  func density(at point: Point, pixel: Double) -> Double {
    let (dx, dy) = ((point.x - center.x) / radius, (point.y - center.y) / radius)
    let (c, s) = (cos(rotation), sin(rotation))
    let (x, y) = (c * dx + s * dy, c * dy - s * dx)
    let cover = min(max(0.5 - outline.distance(x, y) * radius / pixel, 0), 1)
    guard cover > 0 else { return 0 }
    let squared = x * x + y * y
    let pale = pallor * exp(-3 * squared)
    let dark = spot * 0.5 * exp(-18 * squared)
    let grain = grains.reduce(0.0) { sum, grain in
      let (u, v) = (x - grain.x, y - grain.y)
      return sum + 0.5 * exp(-(u * u + v * v) * 90)
    }
    return cover * min(max(0.62 * (1 - pale) + dark + grain, 0), 1)
  }
}

/// A place in the picture: `x` to the right, `y` down, both 0 to 1.
struct Point: Sendable {
  var x: Double
  var y: Double
}
