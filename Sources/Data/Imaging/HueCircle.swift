/// A colour as a place on the hue circle between its darkest and its brightest channel.
///
/// Source: Smith, Color gamut transform pairs, 1978.
struct HueCircle {
  /// 0…255.
  private let brightest: Float
  /// 0…255.
  private let darkest: Float
  /// 0..<6: red 0, green 2, blue 4.
  private let hue: Float

  init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    let (r, g, b) = (Float(red), Float(green), Float(blue))
    brightest = max(r, max(g, b))
    darkest = min(r, min(g, b))
    let spread = brightest - darkest
    if spread == 0 {
      hue = 0
    } else if brightest == r {
      hue = g >= b ? (g - b) / spread : 6 + (g - b) / spread
    } else if brightest == g {
      hue = 2 + (b - r) / spread
    } else {
      hue = 4 + (r - g) / spread
    }
  }

  /// The colour further along the circle.
  ///
  /// - Parameter sixths: of the circle, −6…6
  func turned(by sixths: Float) -> (UInt8, UInt8, UInt8) {
    var place = hue + sixths
    if place < 0 { place += 6 }
    if place >= 6 { place -= 6 }
    return (channel(place, at: 0), channel(place, at: 2), channel(place, at: 4))
  }

  /// A channel is brightest within 1 of its own place on the circle and darkest beyond 2.
  @inline(__always)
  private func channel(_ place: Float, at own: Float) -> UInt8 {
    let apart = abs(place - own)
    let distance = min(apart, 6 - apart)
    let share = max(0, min(1, 2 - distance))
    // The fraction is dropped, but not one that rounding alone has left just below a whole level.
    let value = (darkest + share * (brightest - darkest)) * (255.999 / 255)
    return UInt8(max(0, min(255, value)))
  }
}
