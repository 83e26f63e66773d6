public import Networks
import Requirements
public import Torch

/// `N` examples, ready for the network, and what it should say of them.
public struct Batch: Sendable {
  /// What the network is shown: of images `[N, 3, H, W]`, normalised, float32, channels-last.
  public var inputs: Inputs
  /// What the network should say of each row.
  public var target: Target
  /// Positions in the training set of all the examples that went in; `N` before mixing, and in
  /// stream order, `N` for each stream, after two streams were joined. Empty when unknown.
  public var examples: [Int]
  /// Weight λ that the rows were mixed with; nil when they were not.
  public var lambda: Double?
  /// Where the inputs may lie; nil of inputs that are no pixels.
  public var bounds: InputBounds?

  /// - Parameters:
  ///   - inputs: what the network is shown, shape `[N, …]`.
  ///   - target: what the network should say of each row.
  ///   - examples: positions in the training set of the examples that went in.
  ///   - lambda: weight that the rows were mixed with, in `0...1`.
  ///   - bounds: where the inputs may lie.
  /// - Precondition: `inputs` and `target` have the same number of rows.
  public init(
    inputs: Inputs, target: Target, examples: [Int] = [], lambda: Double? = nil,
    bounds: InputBounds? = nil
  ) {
    require(
      inputs.count == target.count,
      "Batch: expected a target per row, got \(target.count) for inputs \(inputs.values.shape)")
    (self.inputs, self.target) = (inputs, target)
    (self.examples, self.lambda, self.bounds) = (examples, lambda, bounds)
  }

  /// The same of one tensor whose rows are of equal length, shape `[N, …]`.
  ///
  /// - Precondition: `inputs` and `target` have the same number of rows.
  public init(
    inputs: Tensor, target: Target, examples: [Int] = [], lambda: Double? = nil,
    bounds: InputBounds? = nil
  ) {
    self.init(
      inputs: Inputs(inputs), target: target, examples: examples, lambda: lambda, bounds: bounds)
  }

  /// Number of rows, N.
  public var count: Int { target.count }
}
