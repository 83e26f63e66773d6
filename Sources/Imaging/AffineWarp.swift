import Foundation

/// Turns, scales and shifts an image about its centre; black where nothing lands.
public struct AffineWarp: Sendable, Equatable {
  /// Degrees clockwise.
  public let angle: Double
  /// Above 1 enlarges.
  public let scale: Double
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
  ///   - right: pixels to the right
  ///   - down: pixels down
  ///   - sampling: how a value between pixels is found
  /// - Precondition: `scale` is above 0.
  public init(
    angle: Double = 0, scale: Double = 1, right: Int = 0, down: Int = 0,
    sampling: Sampling = .nearest
  ) {
    precondition(scale > 0, "AffineWarp.init: expected a scale above 0, got \(scale)")
    self.angle = angle
    self.scale = scale
    self.right = right
    self.down = down
    self.sampling = sampling
  }

  /// The warped image, as large as the image.
  ///
  /// - Parameter image: 1 or 3 channels
  public func callAsFunction(_ image: Image) -> Image {
    let place = Inverse(of: self, in: image.size)
    return image.pixels.withUnsafeBufferPointer { source in
      Image(width: image.width, height: image.height, channels: image.channels) { target in
        for y in 0..<image.height {
          for x in 0..<image.width {
            let out = (y * image.width + x) * image.channels
            let (u, v) = place(x, y)
            switch sampling {
            case .nearest: image.copyNearest(source, u, v, to: target, at: out)
            case .bilinear: image.copyBilinear(source, u, v, to: target, at: out)
            }
          }
        }
      }
    }
  }
}

/// Where a pixel of the result comes from: `p = R(−angle) (q − centre − shift) / scale + centre`, in
/// coordinates whose integers lie between pixels.
private struct Inverse {
  private let cosine: Double
  private let sine: Double
  private let centre: (x: Double, y: Double)
  private let shifted: (x: Double, y: Double)

  init(of warp: AffineWarp, in size: ImageSize) {
    let radians = warp.angle * .pi / 180
    cosine = cos(radians) / warp.scale
    sine = sin(radians) / warp.scale
    centre = (Double(size.width) / 2, Double(size.height) / 2)
    shifted = (centre.x + Double(warp.right), centre.y + Double(warp.down))
  }

  @inline(__always)
  func callAsFunction(_ x: Int, _ y: Int) -> (Double, Double) {
    let dx = Double(x) + 0.5 - shifted.x
    let dy = Double(y) + 0.5 - shifted.y
    return (cosine * dx + sine * dy + centre.x, cosine * dy - sine * dx + centre.y)
  }
}

extension Image {
  @inline(__always)
  fileprivate func copyNearest(
    _ source: UnsafeBufferPointer<UInt8>, _ u: Double, _ v: Double,
    to target: UnsafeMutableBufferPointer<UInt8>, at out: Int
  ) {
    let column = Int(u.rounded(.down))
    let row = Int(v.rounded(.down))
    let inside = column >= 0 && column < width && row >= 0 && row < height
    let from = inside ? (row * width + column) * channels : 0
    for channel in 0..<channels { target[out + channel] = inside ? source[from + channel] : 0 }
  }

  @inline(__always)
  fileprivate func copyBilinear(
    _ source: UnsafeBufferPointer<UInt8>, _ u: Double, _ v: Double,
    to target: UnsafeMutableBufferPointer<UInt8>, at out: Int
  ) {
    let inside = u >= 0 && u < Double(width) && v >= 0 && v < Double(height)
    let column = (u - 0.5).rounded(.down)
    let row = (v - 0.5).rounded(.down)
    let (x, y) = (u - 0.5 - column, v - 0.5 - row)
    let left = max(Int(column), 0)
    let right = min(Int(column) + 1, width - 1)
    let top = max(Int(row), 0) * width
    let bottom = min(Int(row) + 1, height - 1) * width
    for channel in 0..<channels {
      guard inside else {
        target[out + channel] = 0
        continue
      }
      func value(_ pixel: Int) -> Double { Double(source[pixel * channels + channel]) }
      let above = value(top + left) * (1 - x) + value(top + right) * x
      let below = value(bottom + left) * (1 - x) + value(bottom + right) * x
      target[out + channel] = UInt8(above * (1 - y) + below * y + 0.5)
    }
  }
}
