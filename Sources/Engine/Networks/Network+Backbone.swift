import Requirements
import Torch

extension Network {
  /// This network of features on top of one of images: what it is shown goes through the backbone, is centred and scaled,
  /// and comes to it as its features.
  ///
  /// The backbone's tensors stand under `backbone.`, without its heads; mean and deviation are the buffers
  /// `standardization.mean` and `standardization.std`.
  ///
  /// - Parameters:
  ///   - backbone: what makes features; its tensors are shared.
  ///   - mean: μ of each feature, `[D]`.
  ///   - std: σ of each feature, `[D]`, above 0.
  /// - Returns: a network of images.
  /// - Precondition: as many means and deviations as the backbone has features, all branches together.
  public func standing(on backbone: Network, mean: [Double], std: [Double]) -> Network {
    let width = backbone.featureCount * backbone.form.branches
    require(
      mean.count == width && std.count == width && std.allSatisfy { $0 > 0 },
      "Network.standing: expected \(width) means and deviations above 0, got \(mean.count) and "
        + "\(std.count)")
    let device = backbone.parameters.first?.tensor.device ?? .cpu
    let trunk = BackboneTrunk(
      backbone: backbone, mean: Tensor(mean.map { Float($0) }, shape: [width]).moved(to: device),
      std: Tensor(std.map { Float($0) }, shape: [width]).moved(to: device), next: trunk)
    return Network(
      name: "\(name) on \(backbone.name)", trunk: trunk, branches: branches, heads: heads,
      projection: projectionHead, style: style, readout: form.readout, division: form.division,
      pooling: form.pooling, decoding: form.decoding, classes: classes, router: expertRouter)
  }

  /// The tensors before the heads, in order: what makes features.
  public var featureTensors: [NamedTensor] {
    var visitor = TensorVisitor()
    visitFeatures(&visitor)
    return visitor.all
  }

  /// Names everything but the heads.
  func visitFeatures(_ visitor: inout TensorVisitor) {
    trunk?.visit(&visitor)
    guard branches.count > 1 else { return branches[0].visit(&visitor) }
    for (number, branch) in branches.enumerated() {
      visitor.nested("experts.\(number)") { branch.visit(&$0) }
    }
  }
}

/// Images to centred and scaled features, and what the network on top begins with.
private struct BackboneTrunk: Layer {
  let backbone: Network
  let mean, std: Tensor
  let next: (any Layer)?

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    // Frozen: statistics and dropout are those of evaluation whatever the head does, and the precision is that in which
    // features are made.
    let scaled = withoutAutocast(on: x.device) {
      let seen = backbone.features(x, Context(training: false, tracing: context.tracing))
      let features = seen.count == 1 ? seen[0] : Tensor.concatenated(seen, dim: 1)
      return (features.to(mean.dtype) - mean) / std
    }
    return next?(scaled, context) ?? scaled
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.nested("backbone") { backbone.visitFeatures(&$0) }
    visitor.nested("standardization") {
      $0.buffer("mean", mean)
      $0.buffer("std", std)
    }
    next?.visit(&visitor)
  }
}
