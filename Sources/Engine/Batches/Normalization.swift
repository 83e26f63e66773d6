import Requirements
public import Torch

/// Centres and scales pixels channel by channel: `(x / 255 - mean) / std`.
public struct Normalization: Sendable, Codable, Equatable {
  /// Mean of red, green and blue, `[C]` with C = 3, each in `0...1`.
  public let mean: [Double]
  /// Standard deviation of red, green and blue, `[C]` with C = 3, each in `0...1`, above 0.
  public let std: [Double]

  /// - Precondition: three means and three positive deviations, `[C]` with C = 3.
  public init(mean: [Double], std: [Double]) {
    require(
      mean.count == 3 && std.count == 3 && std.allSatisfy { $0 > 0 },
      "Normalization: expected 3 means and 3 positive deviations, got \(mean) and \(std)")
    (self.mean, self.std) = (mean, std)
  }

  /// Pixels `[N, H, W, 3]` (uint8) as `[N, 3, H, W]` (float32), channels-last in memory from birth.
  ///
  /// - Precondition: the pixels are uint8.
  public func callAsFunction(_ pixels: Tensor) -> Tensor {
    require(
      pixels.dtype == .uint8, "Normalization: expected uint8 pixels, got \(pixels.dtype)")
    return pixels.normalizedPixels(
      shift: mean.map { Float($0 * 255) }, scale: std.map { Float(1 / ($0 * 255)) })
  }
}
