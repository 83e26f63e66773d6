import Requirements
public import Torch

/// Which rows need another expert: after every expert but the last a score, above 0 where the next one is to be asked.
///
/// ```text
/// h_e = relu(W_e f_e / ‖f_e‖ + b_e)                     16 values of the features of expert e
/// s_e = v · (the k largest of z̄_e, h_e) + c             z̄_e = (z_1 + … + z_e) / e, k = 30 or C
/// ```
///
/// W_e and b_e are each expert's own, v and c are those of all. A row that goes no further is answered by z̄_e. Source: Wang,
/// Lian, Miao, Liu, Yu, "Long-tailed Recognition by Routing Diverse Distribution-Aware Experts", ICLR 2021, and the authors'
/// code, which has these sizes, this sharing and these first weights.
public struct ExpertRouter: Sendable {
  /// Values that the features of an expert are brought down to.
  public static let hidden = 16
  /// How many of the largest mean logits it sees, where there are as many classes.
  public static let largest = 30
  private let layers: [Linear]
  private let choice: Linear
  private let top: Int

  /// An untrained router.
  ///
  /// - Parameters:
  ///   - experts: E, at least 2.
  ///   - features: length of a feature vector of each expert.
  ///   - classes: C.
  ///   - initializer: makes the tensors.
  /// - Precondition: two experts or more.
  public init(experts: Int, features: Int, classes: Int, using initializer: Initializer) {
    require(experts >= 2, "ExpertRouter: expected at least 2 experts, got \(experts)")
    top = min(Self.largest, classes)
    layers = (1..<experts).map { _ in
      Linear(features, Self.hidden, .heFanIn, using: initializer)
    }
    choice = Linear(Self.hidden + top, 1, .heFanIn, using: initializer)
  }

  /// Whether rows need the expert after this one.
  ///
  /// - Parameters:
  ///   - expert: the last one that was asked, from 0; not the last of all.
  ///   - features: its features, `[N, F]`.
  ///   - mean: z̄, the mean logits of all that were asked, `[N, C]`.
  ///   - context: training or evaluation.
  /// - Returns: s, `[N]`, in the type of the router's tensors.
  /// - Precondition: the expert is one of them and not the last.
  public func score(
    after expert: Int, _ features: Tensor, _ mean: Tensor, _ context: Context
  ) -> Tensor {
    require(
      layers.indices.contains(expert),
      "ExpertRouter.score: expected an expert from 0 to \(layers.count - 1), got \(expert)")
    // A yes or no that depends on the last digits should not depend on half of them.
    return withoutAutocast(on: features.device) {
      let dtype = choice.weight.dtype
      let hidden = layers[expert](features.to(dtype).unitRows().to(dtype), context).relu()
      let seen = Tensor.concatenated([mean.to(dtype).largest(top, dim: 1), hidden], dim: 1)
      return choice(seen, context).squeezed(1)
    }
  }

  /// Shows `0.weight`, `0.bias` and so on, `choice.weight` and `choice.bias`.
  func visit(_ visitor: inout TensorVisitor) {
    for (number, layer) in layers.enumerated() { visitor.layer("\(number)", layer) }
    visitor.layer("choice", choice)
  }
}
