public import Networks
import Requirements
import Torch

/// A head of class means: z_c = s · cos(f, μ_c) with μ_c the mean feature of the training images of class c.
///
/// Source: Kang et al., "Decoupling Representation and Classifier for Long-Tailed Recognition", ICLR 2020
/// (cosine similarity). Departs from the paper: it decides by similarity alone; s makes probabilities of
/// the similarities and changes no decision.
public struct NearestClassMean: NetworkEdit, Equatable {
  /// s, above 0.
  public var scale: Double
  /// Whether the means begin with length 1, where they go on to learn: how far a step turns a direction depends on it.
  public var hasUnitLength: Bool

  /// - Parameters:
  ///   - scale: s, above 0.
  ///   - hasUnitLength: whether the means have length 1.
  /// - Precondition: `scale` is above 0.
  public init(scale: Double = 16, hasUnitLength: Bool = false) {
    self.hasUnitLength = hasUnitLength
    require(
      scale > 0 && scale.isFinite, "NearestClassMean: expected a scale above 0, got \(scale)")
    self.scale = scale
  }

  /// The same features under a head of means.
  ///
  /// - Throws: what reading an example throws.
  /// - Precondition: a network of one head.
  public func edited(_ network: Network, with tools: any EditTools) throws -> Network {
    require(
      network.heads.count == 1,
      "NearestClassMean: expected one head, got \(network.heads.count)")
    let training = try tools.trainingFeatures()
    let device = network.parameters[0].tensor.device
    let means = withoutGradients {
      let places = Tensor(training.labels.map(Int64.init), shape: [training.labels.count])
        .oneHot(classes: network.classes).to(.float64)
      let sums = places.transposed(0, 1).matmul(training.features.to(.float64))
      let counts = places.sum(dims: [0]).unsqueezed(1).maximum(Tensor(1.0))
      let means = sums / counts
      return (hasUnitLength ? means.unitRows() : means).to(.float32).moved(to: device)
    }
    return network.with(heads: [CosineHead(weight: means.requiringGrad(), scale: scale)])
  }
}
