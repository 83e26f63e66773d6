import Foundation

/// The edge of a cell of radius 1 around the origin.
enum Outline: Sendable {
  /// An ellipse of this elongation (long over short axis, 1 or more) and area π.
  case ellipse(elongation: Double)
  /// A circle with `waves` waves of this height.
  case wavy(waves: Int, height: Double)
  /// A circle drawn out to a point at angle 0, this far beyond the circle.
  case drop(tail: Double)
  /// A circle less the part beyond a straight cut at this distance from its centre.
  case cut(at: Double)
  /// A circle less another of the same size, its centre this far away.
  case crescent(bite: Double)

  /// How far the point lies outside the edge; negative inside. Exact on the edge itself, nearly so
  /// around it.
  func distance(_ x: Double, _ y: Double) -> Double {
    let radius = (x * x + y * y).squareRoot()
    switch self {
    case .ellipse(let elongation):
      let stretch = elongation.squareRoot()
      let (u, v) = (x / stretch, y * stretch)
      return (u * u + v * v).squareRoot() - 1
    case .wavy(let waves, let height):
      return radius - 1 - height * cos(Double(waves) * atan2(y, x))
    case .drop(let tail):
      let toward = radius > 0 ? x / radius : 0
      return radius - 1 - tail * exp(6 * (toward - 1))
    case .cut(let chord):
      return max(radius - 1, x - chord)
    case .crescent(let bite):
      let other = ((x - bite) * (x - bite) + y * y).squareRoot()
      return max(radius - 1, 1 - other)
    }
  }
}

/// `base` to the power of `exponent`.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
