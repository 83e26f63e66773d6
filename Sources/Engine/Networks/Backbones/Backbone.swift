import Torch

/// Everything of a network before its last linear layer: images to features.
///
/// A backbone is a layer from `[N, 3, H, W]` to `[N, featureCount]`.
protocol Backbone: Layer {
  /// The length of a feature vector.
  var featureCount: Int { get }
}
