import Foundation
import Requirements
public import Torch

/// A running average of the weights, often better than the weights themselves:
/// a ← d a + (1 − d) x after every step.
///
/// The first update copies the weights. With warm-up the decay of the k-th is min(d, 1 − k^(−2/3)),
/// so that a short run is not dominated by its random start.
///
/// Source: Polyak, Juditsky, "Acceleration of stochastic approximation by averaging", SIAM J.
/// Control Optim. 1992; the values are those of timm's `ModelEmaV3`,
/// given the step number, with `use_warmup` on or off.
public struct WeightAverage: Sendable {
  /// Names of the averaged tensors: parameters, and buffers if they were given.
  public let names: [String]
  /// The averages, in the shapes of what they follow.
  public let tensors: [Tensor]
  /// Greatest decay d, in `0..<1`.
  public let decay: Double
  /// Whether the decay rises from 0.
  public let warmup: Bool
  /// How many updates there have been.
  public private(set) var updates: Int

  /// An average that begins as a copy of `list`.
  ///
  /// - Parameters:
  ///   - list: floating tensors to follow: parameters, and running statistics if wanted.
  ///   - decay: greatest decay, in `0..<1`; 0.9999 remembers about ten thousand steps.
  ///   - warmup: whether the decay rises from 0.
  /// - Precondition: `decay` is in `0..<1`.
  public init(of list: ParameterList, decay: Double = 0.9999, warmup: Bool = true) {
    let copies = withoutGradients { list.tensors.map { $0.detached().cloned() } }
    self.init(
      in: ParameterList(names: list.names, tensors: copies), decay: decay, warmup: warmup)
  }

  /// An average that is kept in given tensors, such as those of a second network.
  ///
  /// - Parameters:
  ///   - list: floating tensors outside of any graph, which updates change in place.
  ///   - decay: greatest decay, in `0..<1`.
  ///   - warmup: whether the decay rises from 0.
  /// - Precondition: `decay` is in `0..<1`.
  public init(in list: ParameterList, decay: Double, warmup: Bool = true) {
    require(
      (0..<1).contains(decay), "WeightAverage: expected a decay from 0 to below 1, got \(decay)")
    (names, tensors) = (list.names, list.tensors)
    (self.decay, self.warmup, updates) = (decay, warmup, 0)
  }

  /// Decay of the update after `updates` others.
  ///
  /// - Parameter updates: how many there have been, at least 0.
  public func decay(after updates: Int) -> Double {
    if updates == 0 { return 0 }
    guard warmup else { return decay }
    return min(decay, 1 - pow(Double(updates + 1), -2.0 / 3))
  }

  /// Takes in the weights as they are now.
  ///
  /// - Parameter list: the tensors that the average was made of.
  /// - Precondition: `list` has the names of the average.
  public mutating func update(from list: ParameterList) {
    check(list)
    let weight = 1 - decay(after: updates)
    withoutGradients { FusedKernels.lerp(tensors, to: list.tensors, weight: weight) }
    updates += 1
  }

  /// Exchanges the values of average and weights, in place: once before an evaluation of the
  /// average, once after it.
  ///
  /// - Parameter list: the tensors that the average was made of.
  /// - Precondition: `list` has the names of the average.
  public func exchange(with list: ParameterList) {
    check(list)
    withoutGradients {
      for (average, tensor) in zip(tensors, list.tensors) {
        let kept = average.cloned()
        average.copy(from: tensor)
        tensor.copy(from: kept)
      }
    }
  }

  /// The averages by name, each of the shape of what it follows, for a checkpoint; save `updates`
  /// beside them.
  public var state: [(name: String, value: Tensor)] {
    zip(names, tensors).map { ("average." + $0, $1) }
  }

  /// Takes back a saved state.
  ///
  /// - Parameters:
  ///   - state: a tensor for every name in `state`, of equal shape; others are ignored.
  ///   - updates: how many updates there had been.
  /// - Throws: `OptimizerStateError` if a tensor is missing or of another shape; nothing is
  ///   changed then.
  public mutating func load(
    _ state: [String: Tensor], updates: Int
  ) throws(OptimizerStateError) {
    try copy(state, over: self.state)
    self.updates = updates
  }

  private func check(_ list: ParameterList) {
    require(
      list.names == names,
      "WeightAverage: expected the \(names.count) tensors it was made of, got \(list.count) with "
        + "other names")
  }
}
