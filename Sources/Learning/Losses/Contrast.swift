import Requirements
public import Torch

/// A contrast of directions: each row is drawn to its partners, and away from all that it is compared with.
///
/// ```text
/// ℓ_i = −1/|P_i| Σ_{p ∈ P_i} log( exp(z_i · v_p / τ_i) / Σ_{a ∈ A_i} exp(z_i · v_a / τ_i) )
/// z = f / ‖f‖,  v = g / ‖g‖
/// ```
///
/// P_i, the partners of row i, and A_i, what it is compared with, are masks: which they are makes SupCon, InfoNCE,
/// SBCL. A row without partners is 0. Source: Khosla et al., "Supervised Contrastive Learning", NeurIPS 2020 (L_out).
public struct Contrast: Sendable {
  /// f, `[N, D]`, of any length row by row.
  public var rows: Tensor
  /// g, `[M, D]`, likewise.
  public var others: Tensor
  /// 1 where a column is a partner of a row, else 0; `[N, M]`.
  public var partners: Tensor
  /// 1 where a row is compared with a column, else 0; `[N, M]`; 1 of every partner.
  public var compared: Tensor

  /// A contrast of its parts.
  ///
  /// - Parameters:
  ///   - rows: f, `[N, D]`.
  ///   - others: g, `[M, D]`.
  ///   - partners: 1 where a column is a partner of a row, `[N, M]`.
  ///   - compared: 1 where a row is compared with a column, `[N, M]`.
  /// - Precondition: the shapes fit.
  public init(_ rows: Tensor, _ others: Tensor, partners: Tensor, compared: Tensor) {
    let shape = [rows.shape[0], others.shape[0]]
    require(
      rows.rank == 2 && others.rank == 2 && partners.shape == shape && compared.shape == shape,
      "Contrast: expected masks \(shape), got \(partners.shape) and \(compared.shape)")
    (self.rows, self.others) = (rows, others)
    (self.partners, self.compared) = (partners, compared)
  }

  /// ℓ of each row, `[N]`, in float32 at least.
  ///
  /// - Parameter temperatures: τ, `[]`, or `[N, 1]` of each row; above 0.
  public func values(_ temperatures: Tensor) -> Tensor {
    let (z, v) = (rows.unitRows(), others.unitRows())
    func moved(_ tensor: Tensor) -> Tensor { tensor.to(z.dtype).moved(to: z.device) }
    // What is not compared lies far below any score, and finite, so that 0 times it is 0.
    let scores =
      z.matmul(v.transposed(0, 1)) / moved(temperatures) - moved(1 - compared) * 1e9
    let logs = scores - scores.logSumExp(dim: 1, keepDims: true)
    let partners = moved(partners)
    let counts = partners.sum(dims: [1]).maximum(moved(Tensor(1.0)))
    return -(partners * logs).sum(dims: [1]) / counts
  }
}
