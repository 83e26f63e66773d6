import Requirements
import Synchronization
public import Torch

/// Convolutions with the normalisation behind them folded in, made once and kept for the batches of one evaluation.
///
/// An evaluated batch normalisation is a factor and a summand a channel, y = γ (x − μ) / √(σ² + ε) + β. On the result of a
/// convolution with kernel W they are a convolution with W γ / √(σ² + ε) and bias β − μ γ / √(σ² + ε) (+ the bias that it had,
/// by the same factor): one pass over memory in place of two or three. Rounding differs in the last digit.
///
/// It knows the weights as they were when a layer was first met: make a new one after they have changed. Several threads may
/// use one.
public final class FoldedConvolutions {
  private struct Folded {
    /// Held, so that no other tensor can have its identity.
    let original: Tensor
    let weight: Tensor
    let bias: Tensor
  }

  private let precision: DType
  private let folded = Mutex<[ObjectIdentifier: Folded]>([:])

  /// None yet.
  ///
  /// - Parameter precision: what kernels and images are multiplied in, float32 or bfloat16; kernels are folded in float32 and rounded
  ///   once.
  /// - Precondition: one of the two.
  public init(precision: DType = .float32) {
    require(
      precision == .float32 || precision == .bfloat16,
      "FoldedConvolutions: expected float32 or bfloat16, got \(precision)")
    self.precision = precision
  }

  /// Whether it convolves such a tensor.
  func takes(_ x: Tensor) -> Bool { x.dtype == .float32 || x.dtype == precision }

  /// The convolution of `x`, normalised and activated.
  func callAsFunction(
    _ x: Tensor, _ convolution: Convolution, _ norm: BatchNorm, _ activation: Tensor.Activation
  ) -> Tensor {
    let x = x.to(precision)
    let geometry = convolution.geometry
    let made = folded.withLock { known in
      if let made = known[convolution.weight.identity] { return made }
      let made = fold(x, convolution, norm)
      known[convolution.weight.identity] = made
      return made
    }
    return x.conv2d(
      packed: made.weight, made.bias, stride: geometry.stride, padding: geometry.padding,
      groups: geometry.groups, activation: activation)
  }

  private func fold(_ x: Tensor, _ convolution: Convolution, _ norm: BatchNorm) -> Folded {
    let (factor, summand) = norm.affine
    let weight = convolution.weight * factor.reshaped([factor.count, 1, 1, 1])
    let geometry = convolution.geometry
    return Folded(
      original: convolution.weight,
      weight: x.packedConvolutionWeight(
        weight, stride: geometry.stride, padding: geometry.padding, groups: geometry.groups),
      bias: convolution.bias.map { $0 * factor + summand } ?? summand)
  }
}
