import Torch

/// The axes along which features vary, and how much: about how the function of a logistic regression bends.
///
/// Its second derivative in W is between 0 and ½ Xᵀ X / N for every pair of classes, so that h Xᵀ X / N + 1 / (C Σ w) is
/// like it in every direction but for a factor. Features of a network vary a thousand times more along some axes than along
/// others; with this in its first step L-BFGS takes a quarter of the steps.
///
/// Source: Böhning, "Multinomial logistic regression algorithm", Annals of the Institute of Statistical Mathematics, 1992.
struct FeatureAxes {
  /// V, `[D, D]`, float32.
  private let axes: Tensor
  /// λ, the variance along each, `[1, D]`, float32.
  private let variances: Tensor

  /// h.
  private static let bend = 0.25

  /// - Parameter x: features that are centred, `[N, D]`, float32.
  init(_ x: Tensor) {
    let products = x.transposed(0, 1).matmul(x) / Double(x.shape[0])
    axes = products.symmetricEigenvectors()
    variances = (axes * products.matmul(axes)).sum(dims: [0], keepDims: true)
      .clamped(min: 0, max: .infinity)
  }

  /// What stands for the inverse curvature at a penalty, of gradients `[K, D + 1]` whose last column is that of the biases.
  ///
  /// - Parameter penalty: 1 / (C Σ w), above 0.
  func inverse(penalty: Double) -> (Tensor) -> Tensor {
    let width = axes.shape[0]
    let factors = 1 / (variances * Self.bend + penalty)
    return { gradient in
      let whole = gradient.to(.float32)
      let turned = whole.narrowed(dim: 1, start: 0, length: width).matmul(axes) * factors
      let biases = whole.narrowed(dim: 1, start: width, length: 1) * (1 / Self.bend)
      return Tensor.concatenated([turned.matmul(axes.transposed(0, 1)), biases], dim: 1)
        .to(gradient.dtype)
    }
  }
}
