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
  private static let floating: Set<DType> = [.float32, .float64, .bfloat16, .float16]

  /// - Parameters:
  ///   - network: whose they are.
  ///   - layerDecay: part of the learning rate that each layer has of the next deeper one's; `nil` is all.
  ///   - headRates: what the rate of tensors of the heads is multiplied with, by their last names.
  init(_ network: Network, layerDecay: Double? = nil, headRates: [String: Double] = [:]) {
    let rates = layerDecay.map(network.rates) ?? [:]
    func rate(_ name: String) -> Double {
      let last = name.split(separator: ".").last.map(String.init) ?? name
      let own = network.headNames.contains(name) ? headRates[last] ?? 1 : 1
      return own * (rates[name] ?? 1)
    }
    let learned = network.parameters.filter { $0.tensor.requiresGrad }
    let router = Set(network.routerNames)
    // What has one row, a token or positions of patches, is no matrix either.
    let stem = network.parameters.first { $0.tensor.rank > 1 && $0.tensor.shape[0] > 1 }?.name
    parameters = ParameterList(
      names: learned.map(\.name), tensors: learned.map(\.tensor),
      kinds: learned.map { name, tensor in
        // Depthwise kernels are [C, 1, k, k]: no matrix between channels.
        let isMatrix =
          tensor.rank > 1 && tensor.shape[0] > 1 && tensor.shape[1] > 1 && name != stem
        let isLast = network.headNames.contains(name) || router.contains(name)
        return isMatrix && !isLast ? .matrix : .other
      },
      rates: learned.map { rate($0.name) })
    // Counts, and the text of trees, are no statistics.
    let statistics = network.buffers.filter { Self.floating.contains($0.tensor.dtype) }
    followed = ParameterList(
      names: parameters.names + statistics.map(\.name),
      tensors: parameters.tensors + statistics.map(\.tensor))
    all = network.parameters.map(\.tensor) + statistics.map(\.tensor)
  }

  /// Whether the norm of all weights and running statistics, frozen or not, is a finite float32: weights
  /// beyond 10¹⁹ have diverged although each of them is a number.
  var isFinite: Bool { FusedKernels.globalNorm(all).item().isFinite }
}
