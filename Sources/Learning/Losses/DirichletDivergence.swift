import Foundation
import Requirements
public import Torch

/// How far a Dirichlet distribution is from the flat one, KL(Dir(α) ‖ Dir(1)):
///
/// ```text
/// ln Γ(S) − ln Γ(C) − Σ_c ln Γ(α_c) + Σ_c (α_c − 1)(ψ(α_c) − ψ(S)),   S = Σ_c α_c
/// ```
///
/// It is 0 at α = 1. As it stands it is a small difference of numbers that grow as S ln S; here it is
/// h(S) + (C − 1) ψ(S) − Σ_c h(α_c) − ln Γ(C) with h(a) = ln Γ(a) − (a − 1) ψ(a) + a, which grows as ½ ln a and is a series
/// in 1/a beyond a = 1000, so that evidence of any strength has a divergence with all its digits.
public enum DirichletDivergence {
  /// Above it h is the series.
  private static let large = 1000.0

  /// The divergence of each row, `[N]`, float64.
  ///
  /// - Parameter alphas: α, `[N, C]`, above 0 and finite.
  /// - Precondition: two dimensions.
  public static func fromFlat(_ alphas: Tensor) -> Tensor {
    require(
      alphas.rank == 2, "DirichletDivergence: expected parameters [N, C], got \(alphas.shape)")
    let (α, classes) = (alphas.to(.float64), Double(alphas.shape[1]))
    let sum = α.sum(dims: [1])
    let apart =
      h(sum) + sum.digamma() * (classes - 1) - h(α).sum(dims: [1]) - lgamma(classes)
    // A last digit may be on the wrong side of 0.
    return apart.relu()
  }

  private static func h(_ a: Tensor) -> Tensor {
    let (small, most) = (a.clamped(min: 0, max: large), a.clamped(min: large, max: .infinity))
    let exact = small.logGamma() - (small - 1) * small.digamma() + small
    let inverse = most.reciprocal()
    let series =
      most.log() * 0.5 + (0.5 * log(2 * Double.pi) + 0.5)
      - inverse * (1.0 / 3 + inverse * (1.0 / 12 + inverse * (1.0 / 90)))
    return .where(a.greater(than: large), series, exact)
  }
}
