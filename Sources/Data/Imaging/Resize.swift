public import Randomness

/// Scales to a size, whatever the image's proportions: bilinear, antialiased when it shrinks. Equal to
/// Pillow's `resize(size, BILINEAR)`, or one level off where the width grows and the height shrinks.
public struct Resize: Transform, Equatable {
  /// Of the result.
  public let size: ImageSize

  /// A scaling.
  ///
  /// - Parameter size: of the result
  public init(_ size: ImageSize) { self.size = size }

  /// The scaled image.
  ///
  /// - Parameters:
  ///   - image: 1 or 3 channels
  ///   - generator: not drawn from
  public func callAsFunction(_ image: Image, using generator: inout RandomSource) -> Image {
    self(image)
  }

  /// The scaled image.
  ///
  /// - Parameter image: 1 or 3 channels
  public func callAsFunction(_ image: Image) -> Image {
    let wide = image.width == size.width ? image : Self.horizontally(image, to: size.width)
    return wide.height == size.height ? wide : Self.vertically(wide, to: size.height)
  }

  private static func horizontally(_ image: Image, to width: Int) -> Image {
    let axis = ResampleAxis(from: image.width, to: width)
    let channels = image.channels
    let stride = image.width * channels
    return image.pixels.withUnsafeBufferPointer { source in
      Image(width: width, height: image.height, channels: channels) { target in
        for y in 0..<image.height {
          let row = UnsafeBufferPointer(rebasing: source[(y * stride)..<((y + 1) * stride)])
          let out = UnsafeMutableBufferPointer(
            rebasing: target[(y * width * channels)..<((y + 1) * width * channels)])
          if channels == 3 { axis.mixRGB(row, into: out) } else { axis.mixGrey(row, into: out) }
        }
      }
    }
  }

  private static func vertically(_ image: Image, to height: Int) -> Image {
    let axis = ResampleAxis(from: image.height, to: height)
    let stride = image.width * image.channels
    return image.pixels.withUnsafeBufferPointer { source in
      Image(width: image.width, height: height, channels: image.channels) { target in
        axis.mixRows(of: source, stride: stride, into: target)
      }
    }
  }
}
