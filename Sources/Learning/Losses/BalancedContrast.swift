import Requirements
public import Torch

/// Balanced contrast: supervised contrast in which every class is there in each step, by its centre, and counts alike
/// under the logarithm.
///
/// ```text
/// ℓ_i = −1/|P_i| Σ_{p ∈ P_i} log( exp(s_ip) / Σ_c 1/|A_ic| Σ_{a ∈ A_ic} exp(s_ia) )
/// ```
///
/// A_ic are the rows of class c without row i, and the centre of c; P_i is A_ic of the class of i. Where the batch has
/// one class and there are no other centres, it is the log of a mean less the mean of logs: 0 where all its scores are
/// equal.
///
/// Source: Zhu, Wang, Chen, Chen, Jiang, "Balanced Contrastive Learning for Long-Tailed Visual Recognition", CVPR 2022.
public struct BalancedContrast: Sendable, Equatable {
  /// τ, above 0.
  public var temperature: Double

  /// - Parameter temperature: τ, above 0.
  /// - Precondition: `temperature` is above 0.
  public init(temperature: Double = 0.1) {
    require(
      temperature > 0 && temperature.isFinite,
      "BalancedContrast: expected a temperature above 0, got \(temperature)")
    self.temperature = temperature
  }

  /// ℓ of each row, in float32 at least.
  ///
  /// - Parameters:
  ///   - features: f, `[N, D]`, of any length row by row.
  ///   - labels: class of each row, `[N]`, each in `0..<C`.
  ///   - centres: of the classes, `[C, D]`, of any length row by row.
  /// - Precondition: as many labels as rows, each with a centre.
  public func callAsFunction(_ features: Tensor, _ labels: [Int], centres: Tensor) -> RowValues {
    let classes = centres.shape[0]
    require(
      features.rank == 2 && features.shape[0] == labels.count
        && labels.allSatisfy((0..<classes).contains),
      "BalancedContrast: expected features [\(labels.count), D] of \(classes) classes, got "
        + "\(features.shape) and \(labels)")
    func column(_ values: [Int]) -> Tensor {
      Tensor(values.map(Int64.init), shape: [values.count]).moved(to: features.device)
    }
    let (rows, all) = (column(labels), column(labels + Array(0..<classes)))
    let others =
      1 - PairMask.equal(column(Array(labels.indices)), column(Array(0..<labels.count + classes)))
    let partners = PairMask.equal(rows, all) * others
    let sizes = all.oneHot(classes: classes).to(.float32).sum(dims: [0]).indexSelect(dim: 0, all)
    // A row is not in its own class's A, which is one smaller for it.
    let sizesForRow = sizes.unsqueezed(0) - partners
    let compared = others / sizesForRow.maximum(Tensor(Float(1)).moved(to: features.device))
    let contrast = Contrast(
      features, Tensor.concatenated([features, centres.to(features.dtype)], dim: 0),
      partners: partners, compared: compared)
    return RowValues(contrast.values(Tensor(temperature)))
  }
}
