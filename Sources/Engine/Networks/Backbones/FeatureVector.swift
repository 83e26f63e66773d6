import Torch

/// What is given is what the head sees: a backbone without tensors, for a linear layer on features.
struct FeatureVector: DivisibleBackbone {
  /// The width of the vectors, D.
  let featureCount: Int
  /// Nothing to do.
  let steps: [BackboneStep] = []

  /// There is nothing to share.
  func cut(_ division: Division) -> Int { 0 }
}
