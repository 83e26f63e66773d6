import Foundation
import Requirements

/// Turns, scales, shears and shifts an image about its centre; black where nothing lands.
public struct AffineWarp: ImageOperation, Equatable {
  /// Degrees clockwise.
  public let angle: Double
  /// Above 1 enlarges.
  public let scale: Double
  /// Pixels to the left for each pixel down from the centre.
  public let shearX: Double
  /// Pixels up for each pixel to the right of the centre.
  public let shearY: Double
  /// Pixels to the right.
  public let right: Int
  /// Pixels down.
  public let down: Int
  /// How a value between pixels is found.
  public let sampling: Sampling

  /// How a value between pixels is found.
  public enum Sampling: String, Sendable, Codable, CaseIterable {
    /// The nearest pixel's.
    case nearest
    /// Weighed from the four around.
    case bilinear
  }

  /// A warp.
  ///
  /// - Parameters:
  ///   - angle: degrees clockwise
  ///   - scale: above 0; above 1 enlarges
  ///   - shearX: pixels to the left for each pixel down from the centre
  ///   - shearY: pixels up for each pixel to the right of the centre
  ///   - right: pixels to the right
  ///   - down: pixels down
  ///   - sampling: how a value between pixels is found
  /// - Precondition: `scale` is above 0.
  public init(
    angle: Double = 0, scale: Double = 1, shearX: Double = 0, shearY: Double = 0, right: Int = 0,
    down: Int = 0, sampling: Sampling = .nearest
  ) {
    require(scale > 0, "AffineWarp.init: expected a scale above 0, got \(scale)")
    self.angle = angle
    self.scale = scale
    (self.shearX, self.shearY) = (shearX, shearY)
    self.right = right
    self.down = down
    self.sampling = sampling
  }

  /// Warps the image, which stays as large as it is.
  ///
  /// - Parameter image: 1 or 3 channels
  public func apply(to image: inout Image) {
    if angle == 0 && scale == 1 && shearX == 0 && shearY == 0 {
      return Window(left: -right, top: -down, size: image.size).apply(to: &image)
    }
    image = warped(image)
  }

  /// The same warp with the nearest pixel's values.
  public var onTarget: (any ImageOperation)? {
    AffineWarp(
      angle: angle, scale: scale, shearX: shearX, shearY: shearY, right: right, down: down,
      sampling: .nearest)
  }

  /// What places are computed of: cosine and sine of the angle by the scale, the shears, the centre, and where it is
  /// shifted to.
  ///
  /// - Parameter size: of the image
  package func numbers(in size: ImageSize) -> [Double] {
    let place = Inverse(of: self, in: size)
    return [
      place.cosine, place.sine, place.shear.x, place.shear.y, place.centre.x, place.centre.y,
      place.shifted.x, place.shifted.y,
    ]
  }

  private func warped(_ image: Image) -> Image {
    let place = Inverse(of: self, in: image.size)
    return image.pixels.withUnsafeBufferPointer { source in
      Image(width: image.width, height: image.height, channels: image.channels) { target in
        switch sampling {
        case .nearest: image.sampleNearest(source, at: place, into: target)
        case .bilinear: image.sampleBilinear(source, at: place, into: target)
        }
      }
    }
  }
}

/// Where a pixel of the result comes from: `p = R(−angle) S (q − centre − shift) / scale + centre`, in
/// coordinates whose integers lie between pixels; S adds `shearX` times down to the right, and the reverse.
private struct Inverse {
  let cosine: Double
  let sine: Double
  let shear: (x: Double, y: Double)
  let centre: (x: Double, y: Double)
  let shifted: (x: Double, y: Double)

  init(of warp: AffineWarp, in size: ImageSize) {
    let radians = warp.angle * .pi / 180
    cosine = cos(radians) / warp.scale
    sine = sin(radians) / warp.scale
    shear = (warp.shearX, warp.shearY)
    centre = (Double(size.width) / 2, Double(size.height) / 2)
    shifted = (centre.x + Double(warp.right), centre.y + Double(warp.down))
  }

  @inline(__always)
  func callAsFunction(_ x: Int, _ y: Int) -> (Double, Double) {
    let right = Double(x) + 0.5 - shifted.x
    let down = Double(y) + 0.5 - shifted.y
    let dx = right + shear.x * down
    let dy = down + shear.y * right
    return (cosine * dx + sine * dy + centre.x, cosine * dy - sine * dx + centre.y)
  }
}

extension Image {
  fileprivate func sampleNearest(
    _ source: UnsafeBufferPointer<UInt8>, at place: Inverse,
    into target: UnsafeMutableBufferPointer<UInt8>
  ) {
    let (columns, rows) = (Double(width), Double(height))
    var out = 0
    for y in 0..<height {
      for x in 0..<width {
        let (u, v) = place(x, y)
        let inside = u >= 0 && u < columns && v >= 0 && v < rows
        // Dropping the fraction is rounding down here, without a call.
        let from = inside ? (Int(v) &* width &+ Int(u)) &* channels : 0
        for channel in 0..<channels {
          target[out &+ channel] = inside ? source[from &+ channel] : 0
        }
        out &+= channels
      }
    }
  }

  fileprivate func sampleBilinear(
    _ source: UnsafeBufferPointer<UInt8>, at place: Inverse,
    into target: UnsafeMutableBufferPointer<UInt8>
  ) {
    for y in 0..<height {
      for x in 0..<width {
        let (u, v) = place(x, y)
        let out = (y * width + x) * channels
        let inside = u >= 0 && u < Double(width) && v >= 0 && v < Double(height)
        for channel in 0..<channels {
          target[out + channel] = inside ? bilinear(source, u - 0.5, v - 0.5, channel) : 0
        }
      }
    }
  }

  /// The value at a place given in coordinates whose integers are pixels; the edge goes on outside.
  @inline(__always)
  private func bilinear(
    _ source: UnsafeBufferPointer<UInt8>, _ u: Double, _ v: Double, _ channel: Int
  ) -> UInt8 {
    let left = Int(u.rounded(.down))
    let top = Int(v.rounded(.down))
    let x = u - Double(left)
    let y = v - Double(top)
    func value(_ column: Int, _ row: Int) -> Double {
      let from = min(max(row, 0), height - 1) * width + min(max(column, 0), width - 1)
      return Double(source[from * channels + channel])
    }
    let above = value(left, top) * (1 - x) + value(left + 1, top) * x
    let below = value(left, top + 1) * (1 - x) + value(left + 1, top + 1) * x
    return UInt8(above * (1 - y) + below * y + 0.5)
  }
}
