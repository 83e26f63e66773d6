public import Networks
import Requirements
import Torch

/// Heads with more classes: the logits of the old ones keep their weights, the new ones begin untrained.
///
/// For a list of classes that grows (class-incremental learning). New classes stand behind the old.
public struct WidenedHead: NetworkEdit, Equatable {
  /// Logits of the new heads.
  public var classes: Int

  /// - Parameter classes: logits of the new heads, more than the old have.
  public init(classes: Int) { self.classes = classes }

  /// The same features under wider heads.
  ///
  /// - Precondition: linear, cosine or mixed heads with fewer classes.
  public func edited(_ network: Network, with tools: any EditTools) -> Network {
    require(
      classes > network.classes,
      "WidenedHead: expected more than \(network.classes) classes, got \(classes)")
    let fresh = network.withNewHead(network.form.head, classes: classes, using: tools.generator)
    return withoutGradients {
      fresh.with(heads: zip(network.heads, fresh.heads).map(joined))
    }
  }

  private func joined(_ old: any Head, _ new: any Head) -> any Head {
    func rows(_ old: Tensor, _ new: Tensor) -> Tensor {
      let added = new.narrowed(dim: 0, start: old.shape[0], length: classes - old.shape[0])
      return Tensor.concatenated([old, added], dim: 0).requiringGrad()
    }
    switch (old, new) {
    case (let old as LinearHead, let new as LinearHead):
      return LinearHead(
        weight: rows(old.weight, new.weight), bias: rows(old.bias, new.bias), dropout: old.dropout)
    case (let old as CosineHead, let new as CosineHead):
      return CosineHead(weight: rows(old.weight, new.weight), scale: old.scale)
    case (let old as MixedHead, let new as MixedHead):
      let linear = LinearHead(
        weight: rows(old.linear.weight, new.linear.weight),
        bias: rows(old.linear.bias, new.linear.bias), dropout: old.linear.dropout)
      let cosine = CosineHead(
        weight: rows(old.cosine.weight, new.cosine.weight), scale: old.cosine.scale)
      return MixedHead(linear, cosine)
    default:
      requirementFailed("WidenedHead: expected linear, cosine or mixed heads, got \(type(of: old))")
    }
  }
}
