/// Blends an image with a smoothed copy of itself: `f v + (1 − f) s`; 1 changes nothing, 0 is smooth, above 1 is sharper.
///
/// The copy is Pillow's `SMOOTH`: a pixel weighs 5, its eight neighbours 1 each, of 13; pixels of the edge stay.
public struct Sharpness: ImageOperation, Equatable {
  /// f, at least 0.
  public let factor: Double

  /// - Parameter factor: f, at least 0
  public init(_ factor: Double) { self.factor = factor }

  /// None: values change, nothing moves.
  public var onTarget: (any ImageOperation)? { nil }

  /// Changes the image; one of fewer than three rows or columns has edges alone.
  ///
  /// - Parameter image: 1 or 3 channels
  public func apply(to image: inout Image) {
    let (width, height, channels) = (image.width, image.height, image.channels)
    guard width > 2, height > 2 else { return }
    var result = image
    let (row, factor) = (width * channels, Float(factor))
    image.pixels.withUnsafeBufferPointer { pixels in
      for y in 1..<height - 1 {
        for place in y * row + channels..<(y + 1) * row - channels {
          var sum = 4 * Int32(pixels[place])
          for line in [place - row, place, place + row] {
            sum +=
              Int32(pixels[line - channels]) + Int32(pixels[line]) + Int32(pixels[line + channels])
          }
          // Rounded to a whole value, as the smoothed copy is an image of its own.
          let smooth = Float((2 * sum + 13) / 26)
          let value = smooth + factor * (Float(pixels[place]) - smooth)
          result.pixels[place] = UInt8(max(0, min(255, value)))
        }
      }
    }
    image = result
  }
}
