import Foundation
import Requirements

extension Tensor {
  /// Structural similarity of two images at every place and channel, 1 where they are equal:
  ///
  /// ```text
  /// SSIM = (2 μ_x μ_y + C₁)(2 σ_xy + C₂) / ((μ_x² + μ_y² + C₁)(σ_x² + σ_y² + C₂)),   C_i = (K_i L)²
  /// ```
  ///
  /// Means and variances are those under a Gaussian window of 11 × 11 pixels with σ = 1.5, wherever the whole window
  /// lies in the image; K₁ = .01, K₂ = .03, L = 1. The mean over the places is scikit-image's `structural_similarity`
  /// with `gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1`.
  ///
  /// Source: Wang, Bovik, Sheikh, Simoncelli, "Image Quality Assessment: From Error Visibility to Structural
  /// Similarity", IEEE Transactions on Image Processing 2004.
  ///
  /// - Parameter other: `[N, C, H, W]` of the same type, in 0…1.
  /// - Returns: `[N, C, H − 10, W − 10]`, in −1…1.
  /// - Precondition: equal shapes of four dimensions, sides of at least 11, a floating type of 32 bits or more.
  public func structuralSimilarity(to other: Tensor) -> Tensor {
    require(
      rank == 4 && shape == other.shape && shape[2] >= 11 && shape[3] >= 11,
      "structuralSimilarity: expected equal images [N, C, H, W] of at least 11 pixels a side, got "
        + "\(shape) and \(other.shape)")
    let channels = shape[1]
    let moments = Tensor.concatenated(
      [self, other, square(), other.square(), self * other], dim: 1
    ).blurred()
    func part(_ place: Int) -> Tensor {
      moments.narrowed(dim: 1, start: place * channels, length: channels)
    }
    let (μx, μy) = (part(0), part(1))
    let (squares, product) = (μx.square() + μy.square(), μx * μy)
    let (c1, c2) = (0.01 * 0.01, 0.03 * 0.03)
    let variances = part(2) + part(3) - squares
    let covariance = part(4) - product
    return (product * 2 + c1) * (covariance * 2 + c2) / ((squares + c1) * (variances + c2))
  }

  /// The weighted mean under the window, `[N, C, H − 10, W − 10]`: along one axis, then along the other. Sums of
  /// slices, which keep their type where convolutions would be cast to fewer digits than a difference of squares bears.
  private func blurred() -> Tensor {
    let raw = (-5...5).map { Foundation.exp(-Double($0 * $0) / (2 * 1.5 * 1.5)) }
    let sum = raw.reduce(0, +)
    return [2, 3].reduce(self) { image, dim in
      let length = image.shape[dim] - 10
      let parts = raw.enumerated().map { start, weight in
        image.narrowed(dim: dim, start: start, length: length) * (weight / sum)
      }
      return parts.dropFirst().reduce(parts[0], +)
    }
  }
}
