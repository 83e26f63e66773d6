extension Tensor {
  /// Rows divided by their Euclidean length, in float32 at least, since squares overflow sooner.
  ///
  /// A row shorter than 10⁻¹² is divided by that: a row of zeros stays one, and its gradient is that of x / 10⁻¹², as
  /// `torch.nn.functional.normalize` has it.
  ///
  /// - Returns: `[N, F]` of `[N, F]`.
  /// - Precondition: two dimensions of a floating type.
  public func unitRows() -> Tensor {
    let x = dtype == .float64 ? self : to(.float32)
    // The bound stands under the root: the slope of a root at 0 is infinite, and 0 times it is no number.
    let square = x.square().sum(dims: [1], keepDims: true)
    return x / square.maximum(Tensor(1e-24).to(x.dtype).moved(to: x.device)).sqrt()
  }
}
