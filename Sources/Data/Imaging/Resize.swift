public import Randomness

/// Scales to a size, whatever the image's proportions.
///
/// Bilinear and bicubic it is antialiased when it shrinks. Each axis is mixed as Pillow mixes it, to the byte: the width first,
/// bicubic the height first where the width grows and the height shrinks. Which axis comes first is seen where levels are
/// rounded and cut off between the two. Pillow before version 13 always takes the width first, so that bilinear results are
/// its; version 13 takes the height first at more sizes, some of them where both shrink, and differs there by a level
/// (bilinear) or several (bicubic, at hard edges).
///
/// Nearest, along an axis from n to m pixels, pixel i of the result is pixel ⌊(i + ½) n / m⌋ of the image, the one its centre
/// lies in, and the one to the right or below where it lies between two; Pillow takes the left or upper one at some of those.
public struct Resize: Transform, ImageOperation, Equatable {
  /// Of the result.
  public let size: ImageSize
  /// How a value between pixels is found.
  public let sampling: Interpolation

  /// A scaling.
  ///
  /// - Parameters:
  ///   - size: of the result
  ///   - sampling: how a value between pixels is found
  public init(_ size: ImageSize, sampling: Interpolation = .bilinear) {
    self.size = size
    self.sampling = sampling
  }

  /// Itself.
  ///
  /// - Parameters:
  ///   - size: of the image
  ///   - generator: not drawn from
  public func operations(
    for size: ImageSize, using generator: inout RandomSource
  ) -> [any ImageOperation] {
    [self]
  }

  /// The same scaling with the nearest pixel's values.
  public var onTarget: (any ImageOperation)? { Resize(size, sampling: .nearest) }

  /// Of the result.
  public func size(after size: ImageSize) -> ImageSize { self.size }

  /// Scales the image.
  ///
  /// - Parameter image: 1 or 3 channels
  public func apply(to image: inout Image) {
    if sampling == .nearest { return image = Self.nearest(image, to: size) }
    if isHeightFirst(from: image.size) {
      return image = horizontally(vertically(image, to: size.height), to: size.width)
    }
    if image.width != size.width { image = horizontally(image, to: size.width) }
    if image.height != size.height { image = vertically(image, to: size.height) }
  }

  /// Whether the height is mixed before the width: Pillow's order, which bilinear scaling is without, so that what it made
  /// of an image stays as it was.
  ///
  /// - Parameter size: of the image
  package func isHeightFirst(from size: ImageSize) -> Bool {
    sampling == .bicubic && size.width < self.size.width && size.height > self.size.height
  }

  private static func nearest(_ image: Image, to size: ImageSize) -> Image {
    guard image.size != size else { return image }
    let channels = image.channels
    let columns = (0..<size.width).map {
      ResampleAxis.nearest(to: $0, from: image.width, to: size.width) * channels
    }
    return image.pixels.withUnsafeBufferPointer { source in
      Image(width: size.width, height: size.height, channels: channels) { target in
        var out = 0
        for y in 0..<size.height {
          let from = ResampleAxis.nearest(to: y, from: image.height, to: size.height)
          let row = from * image.width * channels
          for column in columns {
            for channel in 0..<channels { target[out + channel] = source[row + column + channel] }
            out += channels
          }
        }
      }
    }
  }

  private func horizontally(_ image: Image, to width: Int) -> Image {
    let axis = ResampleAxis(from: image.width, to: width, sampling)
    return Image(width: width, height: image.height, channels: image.channels) { target in
      axis.mixColumns(of: image, into: target)
    }
  }

  private func vertically(_ image: Image, to height: Int) -> Image {
    let axis = ResampleAxis(from: image.height, to: height, sampling)
    return Image(width: image.width, height: height, channels: image.channels) { target in
      axis.mixRows(of: image, into: target)
    }
  }
}
