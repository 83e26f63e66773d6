import Torch

/// The largest of a step and its two neighbours; padded steps are nobody's neighbours.
struct NeighbourMaximum: Layer {
  /// - Parameter x: `[N, C, T]`.
  /// - Returns: `[N, C, T]`, 0 at padded steps.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    guard let valid = context.valid(x) else {
      return x.maxPool1d(kernel: 3, stride: 1, padding: 1)
    }
    func constant(_ value: Double) -> Tensor {
      Tensor.full([], value, dtype: x.dtype, device: x.device)
    }
    let pooled = Tensor.where(valid, x, constant(-.infinity))
      .maxPool1d(kernel: 3, stride: 1, padding: 1)
    return Tensor.where(valid, pooled, constant(0))
  }
}

/// The mean over the valid steps: `[N, C, T]` → `[N, C]`.
struct MeanOfSteps: Layer {
  /// - Parameter x: `[N, C, T]`, 0 at padded steps.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    guard let lengths = context.lengths else { return x.mean(dims: [2]) }
    // A row without a step has features of 0, not of NaN.
    let counts = lengths.to(x.dtype).clamped(min: 1, max: .infinity)
    return x.sum(dims: [2]) / counts.unsqueezed(1)
  }
}

/// Sets padded steps to 0, which is what every layer after it expects.
struct MaskedSteps: Layer {
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor { context.masked(x) }
}
