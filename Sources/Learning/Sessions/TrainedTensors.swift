import Networks
import Optimizers
import Torch

/// The tensors of a network by what happens to them.
struct TrainedTensors {
  /// What follows gradients.
  let parameters: ParameterList
  /// What follows gradients, and running statistics: what the average follows.
  let followed: ParameterList
  private let all: [Tensor]

  /// - Parameters:
  ///   - network: whose they are.
  ///   - layerDecay: part of the learning rate that each layer has of the next deeper one's; `nil` is all.
  init(_ network: Network, layerDecay: Double? = nil) {
    let rates = layerDecay.map(network.rates)
    let learned = network.parameters.filter { $0.tensor.requiresGrad }
    // What has one row, a token or positions of patches, is no matrix either.
    let stem = network.parameters.first { $0.tensor.rank > 1 && $0.tensor.shape[0] > 1 }?.name
    parameters = ParameterList(
      names: learned.map(\.name), tensors: learned.map(\.tensor),
      kinds: learned.map { name, tensor in
        // Depthwise kernels are [C, 1, k, k]: no matrix between channels.
        let isMatrix =
          tensor.rank > 1 && tensor.shape[0] > 1 && tensor.shape[1] > 1 && name != stem
        return isMatrix && !network.headNames.contains(name) ? .matrix : .other
      },
      rates: rates.map { rates in learned.map { rates[$0.name] ?? 1 } })
    let statistics = network.buffers.filter { $0.tensor.dtype != .int64 }
    followed = ParameterList(
      names: parameters.names + statistics.map(\.name),
      tensors: parameters.tensors + statistics.map(\.tensor))
    all = network.parameters.map(\.tensor) + statistics.map(\.tensor)
  }

  /// Whether the norm of all weights and running statistics, frozen or not, is a finite float32: weights
  /// beyond 10¹⁹ have diverged although each of them is a number.
  var isFinite: Bool { FusedKernels.globalNorm(all).item().isFinite }
}
