import Foundation
import Torch

/// Rotary positions of patches: each pair of a head's channels is a point that is turned by an angle which grows along
/// one axis of the grid.
///
/// Angle 2π u / 100^(2 k / (d / 2)) for frequency k of d / 4, u in −1…1 the centre of the patch along the axis; channels
/// c and c + d / 2 are a pair, those of height before those of width. Source: Su et al., *RoFormer*, arXiv:2104.09864, in
/// the form of Siméoni et al., *DINOv3*, arXiv:2508.10104, with the frequencies in float32. Nothing is learned.
struct Rotation {
  private static let temperature = 100.0
  /// `[patches, d]` each.
  private let sine, cosine: Tensor
  /// Tokens before the patches, which stand nowhere and are not turned.
  private let prefix: Int

  /// - Parameters:
  ///   - height: patches of the grid along the first axis.
  ///   - width: patches along the second.
  ///   - channels: of a head, d, a multiple of 4.
  ///   - prefix: tokens before the patches.
  ///   - like: its element type (float32 at least) and device.
  init(height: Int, width: Int, channels: Int, prefix: Int, like x: Tensor) {
    self.prefix = prefix
    let periods = (0..<channels / 4).map { k in
      Float(pow(Self.temperature, 2 * Double(k) / Double(channels / 2)))
    }
    func centre(_ index: Int, of count: Int) -> Float {
      2 * (Float(index) + 0.5) / Float(count) - 1
    }
    var angles: [Float] = []
    angles.reserveCapacity(height * width * channels)
    for row in 0..<height {
      for column in 0..<width {
        let turns = [centre(row, of: height), centre(column, of: width)].flatMap { u in
          periods.map { Float(2 * Double.pi) * u / $0 }
        }
        angles += turns + turns
      }
    }
    let all = Tensor(angles, shape: [height * width, channels])
    let type = x.dtype == .float64 ? DType.float64 : .float32
    sine = all.sin().to(type).moved(to: x.device)
    cosine = all.cos().to(type).moved(to: x.device)
  }

  /// - Parameter x: `[N, heads, L, d]`.
  /// - Returns: the same shape and type.
  func callAsFunction(_ x: Tensor) -> Tensor {
    let (tokens, half) = (x.shape[2], x.shape[3] / 2)
    let patches = x.narrowed(dim: 2, start: prefix, length: tokens - prefix)
    let quarter = Tensor.concatenated(
      [
        -patches.narrowed(dim: 3, start: half, length: half),
        patches.narrowed(dim: 3, start: 0, length: half),
      ], dim: 3)
    let turned = (patches * cosine + quarter * sine).to(x.dtype)
    return Tensor.concatenated([x.narrowed(dim: 2, start: 0, length: prefix), turned], dim: 2)
  }
}
