public import Networks

/// The network without its projection, which has served a contrast.
public struct DropProjection: NetworkEdit, Equatable {
  /// Makes the edit.
  public init() {}

  /// The same trunk, branches and heads.
  public func edited(_ network: Network, with tools: any EditTools) -> Network {
    network.withoutProjection()
  }
}
