public import Networks

/// New, untrained heads in place of the trained ones.
public struct NewHead: NetworkEdit, Equatable {
  /// The kind of the new heads.
  public var kind: HeadForm

  /// - Parameter kind: the kind of the new heads.
  public init(_ kind: HeadForm = .linear) { self.kind = kind }

  /// The same features under new heads.
  public func edited(_ network: Network, with tools: any EditTools) -> Network {
    network.withNewHead(kind, classes: network.classes, using: tools.generator)
  }
}
