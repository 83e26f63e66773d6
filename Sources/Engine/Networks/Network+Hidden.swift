import Requirements
public import Torch

extension Network {
  /// How many places on the way to the features may be changed, numbered from 1: the ends of the stages of a ResNet
  /// but the last, and of the hidden layers of an MLP; of a network that is divided, the end of what its branches
  /// share; 0 of other networks.
  public var hiddenPlaces: Int { hasTrunk ? 1 : wholeBackbone?.places.count ?? 0 }

  /// Features with the hidden ones at one place changed on the way.
  ///
  /// - Parameters:
  ///   - inputs: A batch, as the network takes it.
  ///   - place: Where: 0 is the inputs, the others are numbered in order.
  ///   - context: Training or evaluation.
  ///   - change: Hidden features `[N, …]` to as many of the same shape, in the graph.
  /// - Returns: `[N, featureCount]` of each branch.
  /// - Precondition: `place` is in `0...hiddenPlaces`.
  public func features(
    _ inputs: Inputs, changing place: Int, _ context: Context,
    by change: @escaping (Tensor) -> Tensor
  ) -> [Tensor] {
    require(
      (0...hiddenPlaces).contains(place),
      "Network.features: expected a place in 0...\(hiddenPlaces) of \(name), got \(place)")
    return place == 0
      ? features(inputs.with(values: change(inputs.values)), context)
      : features(inputs, context.changing(place, change))
  }
}
