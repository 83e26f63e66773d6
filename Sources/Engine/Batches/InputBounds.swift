public import Torch

/// Where the inputs of a batch may lie, and what one unit of the pixel scale 0…1 is there: what an attack with a
/// bound in pixels must know of normalised images.
public struct InputBounds: Sendable {
  /// Inputs that one unit of the pixel scale makes, shape `[1, 3, 1, 1]`.
  public let unit: Tensor
  /// Black, shape `[1, 3, 1, 1]`.
  public let low: Tensor
  /// White, shape `[1, 3, 1, 1]`.
  public let high: Tensor

  /// Bounds of their parts, each of shape `[1, 3, 1, 1]`.
  ///
  /// - Parameters:
  ///   - unit: inputs that one unit of the pixel scale makes.
  ///   - low: the lowest inputs.
  ///   - high: the highest inputs.
  public init(unit: Tensor, low: Tensor, high: Tensor) {
    (self.unit, self.low, self.high) = (unit, low, high)
  }
}

extension Normalization {
  /// The bounds of images normalised so: unit 1 / σ, from −μ / σ to (1 − μ) / σ.
  ///
  /// - Parameter device: where the images are.
  public func bounds(on device: Device) -> InputBounds {
    func row(_ value: (Int) -> Double) -> Tensor {
      Tensor((0..<3).map { Float(value($0)) }, shape: [1, 3, 1, 1]).moved(to: device)
    }
    return InputBounds(
      unit: row { 1 / std[$0] }, low: row { -mean[$0] / std[$0] },
      high: row { (1 - mean[$0]) / std[$0] })
  }
}
