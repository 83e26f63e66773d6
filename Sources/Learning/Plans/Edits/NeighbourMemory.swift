public import Networks
import Requirements
import Torch

/// A head that remembers the features of all training images and lets the nearest vote; see ``Networks/NeighbourHead``.
public struct NeighbourMemory: NetworkEdit, Equatable {
  /// k, at least 1.
  public var neighbours: Int
  /// T, above 0.
  public var temperature: Double
  /// Whether the votes of a class are divided by its training rows.
  public var isBalanced: Bool

  /// - Parameters:
  ///   - neighbours: k, at least 1.
  ///   - temperature: T, above 0.
  ///   - isBalanced: whether the votes of a class are divided by its training rows.
  public init(neighbours: Int = 20, temperature: Double = 0.07, isBalanced: Bool = false) {
    (self.neighbours, self.temperature) = (neighbours, temperature)
    self.isBalanced = isBalanced
  }

  /// The same features under the votes.
  ///
  /// - Throws: what reading an example throws.
  /// - Precondition: a network of one head; `neighbours` and `temperature` are in range.
  public func edited(_ network: Network, with tools: any EditTools) throws -> Network {
    require(
      network.heads.count == 1, "NeighbourMemory: expected one head, got \(network.heads.count)")
    let rows = try tools.trainingFeatures()
    let device = network.parameters.first?.tensor.device ?? .cpu
    return network.with(heads: [
      NeighbourHead(
        rows: rows.features.moved(to: device), labels: rows.labels, classes: network.classes,
        neighbours: neighbours, temperature: temperature, isBalanced: isBalanced)
    ])
  }
}
