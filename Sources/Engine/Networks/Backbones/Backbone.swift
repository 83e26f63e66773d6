import Torch

/// Everything of a network before its last layer: inputs to features.
///
/// A backbone is a layer from `[N, C, H, W]` of images, `[N, D]` of feature vectors, `[N, C, T]` of series (or whatever a
/// user's network takes) to `[N, featureCount]`.
public protocol Backbone: Layer {
  /// The length of a feature vector.
  var featureCount: Int { get }
}
