import Requirements
public import Torch

/// Supervised contrast: rows of one class are drawn together, others apart, by their directions.
///
/// ```text
/// ℓ_i = −1/|P(i)| Σ_{p ∈ P(i)} log( exp(z_i · z_p / τ) / Σ_{a ≠ i} exp(z_i · z_a / τ) ),  z = f / ‖f‖
/// ```
///
/// P(i) are the other rows of the batch with the label of i. A row without any does not count, in values and
/// denominator. Source: Khosla et al., "Supervised Contrastive Learning", NeurIPS 2020 (L_out).
public struct SupervisedContrast: Sendable, Equatable {
  /// τ, above 0.
  public var temperature: Double

  /// - Parameter temperature: τ, above 0.
  /// - Precondition: `temperature` is above 0.
  public init(temperature: Double = 0.07) {
    require(
      temperature > 0 && temperature.isFinite,
      "SupervisedContrast: expected a temperature above 0, got \(temperature)")
    self.temperature = temperature
  }

  /// ℓ of each row, in float32 at least.
  ///
  /// - Parameters:
  ///   - features: f, `[N, F]`, of any length row by row.
  ///   - labels: class of each row, `[N]`.
  /// - Precondition: as many labels as rows.
  public func callAsFunction(_ features: Tensor, _ labels: [Int]) -> RowValues {
    require(
      features.rank == 2 && features.shape[0] == labels.count,
      "SupervisedContrast: expected features [\(labels.count), F], got \(features.shape)")
    let f = features.dtype == .float64 ? features : features.to(.float32)
    func tensor(_ value: (Int, Int) -> Double) -> Tensor {
      let count = labels.count
      let values = (0..<count * count).map { value($0 / count, $0 % count) }
      return Tensor(values, shape: [count, count]).to(f.dtype).moved(to: f.device)
    }
    let partners = labels.indices.map { i in labels.count { $0 == labels[i] } - 1 }
    // Each row's share of ℓ by its partners, 1 / |P(i)|.
    let shares = tensor { i, j in
      i != j && labels[i] == labels[j] ? 1 / Double(partners[i]) : 0
    }
    let length = f.square().sum(dims: [1], keepDims: true).sqrt()
    let z = f / length.maximum(Tensor(1e-12).to(f.dtype).moved(to: f.device))
    // A row is no partner of its own: far below any s, and finite, so that 0 times it is 0.
    let scores = z.matmul(z.transposed(0, 1)) / temperature - tensor { $0 == $1 ? 1e9 : 0 }
    let logs = scores - scores.logSumExp(dim: 1, keepDims: true)
    let rows = -(shares * logs).sum(dims: [1])
    return RowValues(rows, denominator: Double(partners.count { $0 > 0 }))
  }
}
