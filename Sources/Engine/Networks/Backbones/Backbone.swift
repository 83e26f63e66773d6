import Torch

/// Everything of a network before its last layer: images to features.
///
/// A backbone is a layer from `[N, 3, H, W]` (or whatever a user's network takes) to `[N, featureCount]`.
public protocol Backbone: Layer {
  /// The length of a feature vector.
  var featureCount: Int { get }
}
