/// How a value between the pixels of an image that is scaled is found.
public enum Interpolation: String, Sendable, Codable, CaseIterable {
  /// The nearest pixel's.
  case nearest
  /// Weighed by a triangle of radius 1: w(x) = 1 − |x|.
  case bilinear
  /// Weighed by the cubic convolution of radius 2 with a = −½, as Pillow has it: w(x) = (a + 2)|x|³ − (a + 3)|x|² + 1 up
  /// to 1, a|x|³ − 5a|x|² + 8a|x| − 4a from there. It is below 0 beyond 1, so edges come out sharper, and levels are cut
  /// off at 0 and 255.
  ///
  /// Source: Keys, "Cubic Convolution Interpolation for Digital Image Processing", IEEE Transactions on Acoustics, Speech,
  /// and Signal Processing 29, 1981.
  case bicubic

  /// Distance from which on a pixel does not count, in pixels of the larger of input and output.
  var radius: Double { self == .bicubic ? 2 : 1 }

  /// The weight of a pixel at a distance, before all are divided by their sum.
  ///
  /// - Parameter distance: in pixels of the larger of input and output, of either sign.
  func weight(_ distance: Double) -> Double {
    let x = abs(distance)
    guard self == .bicubic else { return max(0, 1 - x) }
    let a = -0.5
    if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
  }
}
