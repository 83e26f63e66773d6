import Requirements
public import Torch

/// A contrast of directions: each row is drawn to its partners, and away from all that it is compared with.
///
/// ```text
/// ℓ_i = −Σ_p π_ip log( exp(s_ip) / Σ_a ω_ia exp(s_ia) ) / Σ_p π_ip,   s_ia = z_i · v_a / τ_i
/// z = f / ‖f‖,  v = g / ‖g‖
/// ```
///
/// π, how much a column is the partner of a row, and ω, how often a row is compared with a column, are masks or weights:
/// which they are makes SupCon, InfoNCE, KCL, SBCL, BCL, PaCo. A row without partners is 0. Source: Khosla et al.,
/// "Supervised Contrastive Learning", NeurIPS 2020 (L_out), with weights.
public struct Contrast: Sendable {
  /// f, `[N, D]`, of any length row by row.
  public var rows: Tensor
  /// g, `[M, D]`, likewise.
  public var others: Tensor
  /// π, `[N, M]`, at least 0; 1 where a column is a partner of a row, else 0.
  public var partners: Tensor
  /// ω, `[N, M]`, at least 0; 1 where a row is compared with a column, else 0; above 0 of every partner.
  public var compared: Tensor
  /// Columns whose scores are no directions; they stand before the others.
  private var beside: (scores: Tensor, partners: Tensor)?

  /// A contrast of its parts.
  ///
  /// - Parameters:
  ///   - rows: f, `[N, D]`.
  ///   - others: g, `[M, D]`.
  ///   - partners: π, how much a column is a partner of a row, `[N, M]`.
  ///   - compared: ω, how often a row is compared with a column, `[N, M]`.
  /// - Precondition: the shapes fit.
  public init(_ rows: Tensor, _ others: Tensor, partners: Tensor, compared: Tensor) {
    let shape = [rows.shape[0], others.shape[0]]
    require(
      rows.rank == 2 && others.rank == 2 && partners.shape == shape && compared.shape == shape,
      "Contrast: expected masks \(shape), got \(partners.shape) and \(compared.shape)")
    (self.rows, self.others) = (rows, others)
    (self.partners, self.compared) = (partners, compared)
  }

  /// The same contrast with more columns under the same logarithm, each compared once, whose scores are given: logits of
  /// classes.
  ///
  /// - Parameters:
  ///   - scores: s, `[N, K]`; no temperature is applied.
  ///   - partners: π, `[N, K]`.
  /// - Precondition: the shapes fit.
  public func beside(_ scores: Tensor, partners: Tensor) -> Contrast {
    require(
      scores.shape == partners.shape && scores.shape[0] == rows.shape[0],
      "Contrast.beside: expected scores and partners [\(rows.shape[0]), K], got \(scores.shape) "
        + "and \(partners.shape)")
    var contrast = self
    contrast.beside = (scores, partners)
    return contrast
  }

  /// ℓ of each row, `[N]`, in float32 at least.
  ///
  /// - Parameter temperatures: τ, `[]`, or `[N, 1]` of each row; above 0.
  public func values(_ temperatures: Tensor) -> Tensor {
    let z = rows.unitRows()
    func moved(_ tensor: Tensor) -> Tensor { tensor.to(z.dtype).moved(to: z.device) }
    let v = moved(others).unitRows()
    var scores = z.matmul(v.transposed(0, 1)) / moved(temperatures)
    var (partners, compared) = (moved(partners), moved(compared))
    if let beside {
      scores = .concatenated([moved(beside.scores), scores], dim: 1)
      partners = .concatenated([moved(beside.partners), partners], dim: 1)
      let once = Tensor.ones(beside.scores.shape, dtype: z.dtype, device: z.device)
      compared = .concatenated([once, compared], dim: 1)
    }
    // What is not compared lies far below any score, and finite, so that 0 times it is 0.
    let never = compared.equal(to: 0).to(z.dtype)
    let weighed = scores + (compared + never).log() - never * 1e9
    let logs = scores - never * 1e9 - weighed.logSumExp(dim: 1, keepDims: true)
    let sums = partners.sum(dims: [1])
    return -(partners * logs).sum(dims: [1]) / (sums + sums.equal(to: 0).to(z.dtype))
  }
}
