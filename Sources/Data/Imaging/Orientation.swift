/// How stored rows and columns lie in the upright picture (EXIF tag 274).
///
/// Source: CIPA DC-008, Exif 2.32, section 4.6.4 A.
public enum Orientation: Int, ImageOperation, Codable, CaseIterable {
  /// Row 0 at the top, column 0 at the left.
  case upright = 1
  /// Mirrored left to right.
  case mirrored
  /// Turned by 180°.
  case upsideDown
  /// Mirrored top to bottom.
  case flipped
  /// Mirrored along the diagonal from top left to bottom right.
  case transposed
  /// To be turned by 90° clockwise.
  case needsClockwise
  /// Mirrored along the other diagonal.
  case transversed
  /// To be turned by 90° counter-clockwise.
  case needsCounterclockwise

  /// Whether the upright picture is as wide as the stored one is high.
  public var swapsAxes: Bool { rawValue >= 5 }

  /// Of the upright picture.
  ///
  /// - Parameter size: of the picture as stored
  public func size(after size: ImageSize) -> ImageSize { swapsAxes ? size.turned : size }

  /// Itself: it moves whole pixels.
  public var onTarget: (any ImageOperation)? { self }

  /// Turns and mirrors the picture as stored into the upright one.
  ///
  /// - Parameter image: 1 or 3 channels
  public func apply(to image: inout Image) { image = uprighted(image) }

  /// The upright picture.
  ///
  /// - Parameter image: the picture as stored
  public func uprighted(_ image: Image) -> Image {
    guard self != .upright else { return image }
    let size = size(after: image.size)
    return Image(
      width: size.width, height: size.height, channels: image.channels,
      pixels: uprighted(image.pixels, of: image.size, bytesPerPixel: image.channels))
  }

  /// Pixels of any width in the order of the upright picture.
  ///
  /// - Parameters:
  ///   - bytes: `[H, W, bytesPerPixel]` as stored
  ///   - size: the stored width and height
  ///   - bytesPerPixel: at least 1
  func uprighted(_ bytes: [UInt8], of size: ImageSize, bytesPerPixel: Int) -> [UInt8] {
    let upright = self.size(after: size)
    let walk = Walk(self, width: size.width, height: size.height)
    return bytes.withUnsafeBufferPointer { stored in
      [UInt8](unsafeUninitializedCapacity: bytes.count) { target, initialised in
        var out = 0
        for y in 0..<upright.height {
          var source = (walk.start + y * walk.down) * bytesPerPixel
          for _ in 0..<upright.width {
            // Colours without a loop, which would take most of the time of a flip.
            if bytesPerPixel == 3 {
              target[out] = stored[source]
              target[out + 1] = stored[source + 1]
              target[out + 2] = stored[source + 2]
            } else {
              for byte in 0..<bytesPerPixel { target[out + byte] = stored[source + byte] }
            }
            out += bytesPerPixel
            source += walk.right * bytesPerPixel
          }
        }
        initialised = bytes.count
      }
    }
  }
}

/// Where the upright picture's first pixel is stored, and how many stored pixels lie between neighbours.
private struct Walk {
  let start: Int
  let right: Int
  let down: Int

  init(_ orientation: Orientation, width: Int, height: Int) {
    let last = width * height - 1
    let lastRow = width * (height - 1)
    (start, right, down) =
      switch orientation {
      case .upright: (0, 1, width)
      case .mirrored: (width - 1, -1, width)
      case .upsideDown: (last, -1, -width)
      case .flipped: (lastRow, 1, -width)
      case .transposed: (0, width, 1)
      case .needsClockwise: (lastRow, -width, 1)
      case .transversed: (last, -width, -1)
      case .needsCounterclockwise: (width - 1, width, -1)
      }
  }
}
