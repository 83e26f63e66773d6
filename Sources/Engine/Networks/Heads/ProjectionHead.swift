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
  /// Two such layers more under `centres`, which bring the rows of the heads to centres of the classes in the same space;
  /// `nil` is without.
  public let centres: Centres?

  /// Two layers between the rows of a head, `[C, F]`, and centres of its classes, `[C, D]`.
  public struct Centres: Layer {
    fileprivate let hidden, last: Linear

    /// - Parameter x: `[C, F]`.
    /// - Returns: `[C, D]`, of any length row by row.
    public func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
      last(hidden(x, context).relu(), context)
    }

    /// Shows both layers.
    public func visit(_ visitor: inout TensorVisitor) {
      visitor.layer("0", hidden)
      visitor.layer("2", last)
    }
  }

  /// An untrained projection.
  ///
  /// - Parameters:
  ///   - features: length F of a feature vector.
  ///   - outputs: length D of a projected vector, at least 1.
  ///   - predicts: whether there is a predictor.
  ///   - hasCentres: whether the rows of the heads are projected too.
  ///   - initializer: makes the tensors.
  /// - Precondition: `outputs` is at least 1.
  public init(
    features: Int, outputs: Int, predicts: Bool = false, hasCentres: Bool = false,
    using initializer: Initializer
  ) {
    require(outputs >= 1, "ProjectionHead: expected at least 1 output, got \(outputs)")
    hidden = Linear(features, features, using: initializer)
    last = Linear(features, outputs, using: initializer)
    predictor = predicts ? Linear(outputs, outputs, using: initializer) : nil
    centres =
      hasCentres
      ? Centres(
        hidden: Linear(features, features, using: initializer),
        last: Linear(features, outputs, using: initializer))
      : nil
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
    if let centres { visitor.layer("centres", centres) }
  }
}
