import Networks
public import Torch

extension InputBounds {
  /// Inputs on the scale of pixels, black 0 and white 1.
  ///
  /// - Parameter inputs: `[N, 3, H, W]`, normalised.
  public func pixels(of inputs: Tensor) -> Tensor { (inputs - low) / unit }
}

extension Batch {
  /// The images on the scale of pixels, `[N, 3, H, W]`, where their bounds are known; else the inputs as they are.
  public var pixels: Tensor { bounds.map { $0.pixels(of: inputs.values) } ?? inputs.values }
}
