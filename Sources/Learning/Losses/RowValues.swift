import Requirements
public import Torch

/// One value per row, and what the sum of them is divided by.
///
/// The mean of a batch is `sum / denominator`. Where rows are weighted, the values are already
/// multiplied by their weights and the denominator is the sum of the weights; rows that do not count
/// weigh 0 in both. Several processes add both before they divide.
public struct RowValues: Sendable {
  /// One value per row, `[N]`, multiplied by the row's weight.
  public var values: Tensor
  /// Sum of the weights of the rows; at least 0.
  public var denominator: Double

  /// - Parameters:
  ///   - values: one value per row, `[N]`, multiplied by the row's weight.
  ///   - denominator: sum of the weights; `nil` is N, every row counting alike.
  /// - Precondition: `values` has one dimension; `denominator` is at least 0.
  public init(_ values: Tensor, denominator: Double? = nil) {
    require(values.rank == 1, "RowValues: expected values of shape [N], got \(values.shape)")
    self.values = values
    self.denominator = denominator ?? Double(values.count)
    require(
      self.denominator >= 0,
      "RowValues: expected a denominator of at least 0, got \(self.denominator)")
  }

  /// Σ values / denominator, shape `[]`; 0 with a zero gradient where no row counts.
  public var mean: Tensor {
    denominator > 0 ? values.sum() / denominator : values.sum() * 0
  }
}
