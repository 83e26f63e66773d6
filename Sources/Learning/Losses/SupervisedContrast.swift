import Requirements
public import Torch

/// Supervised contrast: rows of one class are drawn together, others apart, by their directions.
///
/// The ``Contrast`` of a batch with itself: P_i are the other rows with the label of i, and each row is compared with
/// all others. A row without partners does not count, in values and denominator. Source: Khosla et al., "Supervised Contrastive Learning", NeurIPS 2020 (L_out).
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
    let classes = Tensor(labels.map(Int64.init), shape: [labels.count]).moved(to: features.device)
    let others = 1 - PairMask.diagonal(labels.count, on: features.device)
    let contrast = Contrast(
      features, features, partners: PairMask.equal(classes, classes) * others, compared: others)
    let sizes = Dictionary(labels.map { ($0, 1) }, uniquingKeysWith: +)
    return RowValues(
      contrast.values(Tensor(temperature)),
      denominator: Double(labels.count { sizes[$0, default: 0] > 1 }))
  }
}
