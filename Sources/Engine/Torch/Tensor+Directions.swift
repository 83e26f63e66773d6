extension Tensor {
  /// Rows divided by their Euclidean length, in float32 at least, since squares overflow sooner.
  ///
  /// A row shorter than 10⁻¹² is divided by that: a row of zeros stays one.
  ///
  /// - Returns: `[N, F]` of `[N, F]`.
  /// - Precondition: two dimensions of a floating type.
  public func unitRows() -> Tensor {
    let x = dtype == .float64 ? self : to(.float32)
    let length = x.square().sum(dims: [1], keepDims: true).sqrt()
    return x / length.maximum(Tensor(1e-12).to(x.dtype).moved(to: x.device))
  }
}
