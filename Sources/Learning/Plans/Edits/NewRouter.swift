public import Networks

/// A new, untrained router between the experts, which stay as they are.
public struct NewRouter: NetworkEdit, Equatable {
  /// Makes the edit.
  public init() {}

  /// The same network under a router.
  ///
  /// - Precondition: several heads, one a branch, the mean of whose logits answers.
  public func edited(_ network: Network, with tools: any EditTools) -> Network {
    network.withNewRouter(using: tools.generator)
  }
}
