import Torch

/// Everything of a network before its last layer: images to features.
///
/// A backbone is a layer from `[N, 3, H, W]` (or whatever a user's network takes) to `[N, featureCount]`.
public protocol Backbone: Layer {
  /// The length of a feature vector.
  var featureCount: Int { get }
}

/// A backbone that can be cut in two, so that several branches share its first stages.
protocol DivisibleBackbone: Backbone {
  /// The first stages: images to a map of channels.
  var early: any Layer { get }
  /// The late stages: the map to features; tensor names are those of the whole backbone.
  var late: any Backbone { get }
}
