import Requirements
public import Torch

/// Two layers between features and a contrast, p = W₂ max(0, W₁ f + b₁) + b₂; thrown away after it.
///
/// Names: `0.weight` `[F, F]`, `0.bias`, `2.weight` `[D, F]`, `2.bias`, those of the authors'
/// `nn.Sequential`. Source: Khosla et al., "Supervised Contrastive Learning", NeurIPS 2020.
public struct ProjectionHead: Layer {
  private let hidden: Linear
  private let last: Linear
  /// One layer more under `predictor`, which says of a projection what that of another view is, q = W p + b; `nil` is
  /// without. Source: Chen and He, "Exploring Simple Siamese Representation Learning", CVPR 2021.
  private let predictor: Linear?

  /// An untrained projection.
  ///
  /// - Parameters:
  ///   - features: length F of a feature vector.
  ///   - outputs: length D of a projected vector, at least 1.
  ///   - predicts: whether there is a predictor.
  ///   - initializer: makes the tensors.
  /// - Precondition: `outputs` is at least 1.
  public init(
    features: Int, outputs: Int, predicts: Bool = false, using initializer: Initializer
  ) {
    require(outputs >= 1, "ProjectionHead: expected at least 1 output, got \(outputs)")
    hidden = Linear(features, features, using: initializer)
    last = Linear(features, outputs, using: initializer)
    predictor = predicts ? Linear(outputs, outputs, using: initializer) : nil
  }

  /// Whether there is a predictor.
  public var predicts: Bool { predictor != nil }

  /// The length of a projected vector.
  public var outputs: Int { last.weight.shape[0] }

  /// - Parameter x: `[N, F]`.
  /// - Returns: `[N, D]`, of any length row by row.
  public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    last(hidden(x, context).relu(), context)
  }

  /// What the projection of another view is said to be.
  ///
  /// - Parameter projection: `[N, D]`.
  /// - Returns: `[N, D]`, of any length row by row.
  /// - Precondition: there is a predictor.
  public func prediction(_ projection: Tensor, _ context: Context) -> Tensor {
    guard let predictor else {
      requirementFailed("ProjectionHead.prediction: expected a projection with a predictor")
    }
    return predictor(projection, context)
  }

  /// Shows the layers.
  public func visit(_ visitor: inout TensorVisitor) {
    visitor.layer("0", hidden)
    visitor.layer("2", last)
    if let predictor { visitor.layer("predictor", predictor) }
  }
}
