import Torch

extension Network {
  /// The parameters that are learned: all that are not frozen, in order.
  public var trainableParameters: [NamedTensor] { parameters.filter(\.tensor.requiresGrad) }

  /// Stops the learning of every parameter under one of the names, in place.
  ///
  /// A frozen batch normalisation uses its running statistics and leaves them alone.
  ///
  /// - Parameter prefixes: Whole parts of names: `layer1` means `layer1.0.conv1.weight` and so on, and
  ///   not `layer10`.
  /// - Returns: The names frozen; empty when no name starts so.
  @discardableResult
  public func freeze(_ prefixes: [String]) -> [String] {
    let chosen = parameters.filter { parameter in
      prefixes.contains { parameter.name == $0 || parameter.name.hasPrefix($0 + ".") }
    }
    for parameter in chosen { parameter.tensor.requiringGrad(false) }
    return chosen.map(\.name)
  }

  /// Freezes all but the last layer, in place: classifier retraining.
  public func freezeBackbone() {
    for parameter in parameters where !headNames.contains(parameter.name) {
      parameter.tensor.requiringGrad(false)
    }
  }

  /// Lets every parameter learn again, in place.
  public func unfreeze() {
    for parameter in parameters { parameter.tensor.requiringGrad() }
  }
}
