import Foundation
import Requirements
public import Torch

/// ln(κ^−ν I_ν(κ)), the modified Bessel function of the first kind without the power that it begins with.
///
/// A von Mises–Fisher distribution in p dimensions has the density C_p(κ) e^{κ μ·x} with
/// ln C_p(κ) = −p/2 ln 2π − ln(κ^−ν I_ν(κ)), ν = p/2 − 1. It is smooth in κ² from 0 on, where it is −ν ln 2 − ln Γ(ν + 1),
/// and is a function of κ² here.
///
/// From order 64 on it is the uniform expansion of Debye with five terms (DLMF 10.41.3), whose error is below 10⁻¹⁰; lower
/// orders follow from two such by I_{k−1} = (2k/κ) I_k + I_{k+1}, downwards, which adds positive numbers only.
public enum LogBessel {
  /// The lowest order of the expansion.
  private static let expanded = 64.0

  /// ln(κ^−ν I_ν(κ)), of the shape of `squares`, float64.
  ///
  /// - Parameters:
  ///   - squares: κ², at least 0.
  ///   - order: ν, at least 0.
  /// - Precondition: `order` is at least 0.
  public static func scaled(_ squares: Tensor, order: Double) -> Tensor {
    require(order >= 0, "LogBessel: expected an order of at least 0, got \(order)")
    let s = squares.to(.float64)
    let steps = max(0, Int((expanded - order).rounded(.up)))
    var value = debye(s, order + Double(steps))
    guard steps > 0 else { return value }
    // ρ = κ^−(k+1) I_{k+1} / (κ^−k I_k).
    var ratio = (debye(s, order + Double(steps) + 1) - value).exp()
    for step in stride(from: steps, to: 0, by: -1) {
      let k = order + Double(step)
      let inverse = s * ratio + 2 * k
      value = value + inverse.log()
      ratio = inverse.reciprocal()
    }
    return value
  }

  private static func debye(_ s: Tensor, _ ν: Double) -> Tensor {
    let r = (s / (ν * ν) + 1).sqrt()
    let p = r.reciprocal()
    let q = p.square()
    func polynomial(_ coefficients: [Double]) -> Tensor {
      coefficients.dropLast().reversed().reduce(
        Tensor.full(
          q.shape, coefficients[coefficients.count - 1], dtype: .float64, device: q.device)
      ) { $0 * q + $1 }
    }
    let w = p / ν
    let correction =
      w * polynomial([3, -5]) / 24
      + w.square() * polynomial([81, -462, 385]) / 1152
      + w.pow(3) * polynomial([30_375, -369_603, 765_765, -425_425]) / 414_720
      + w.pow(4)
      * polynomial([4_465_125, -94_121_676, 349_922_430, -446_185_740, 185_910_725]) / 39_813_120
    return (r - (r + 1).log()) * ν - (ν * log(ν) + 0.5 * log(2 * Double.pi * ν)) - r.log() * 0.5
      + correction.log1p()
  }
}
