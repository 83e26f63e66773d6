public import Networks
public import Torch

/// The pass of a step through a network.
public struct NetworkPass: Pass {
  private let network: Network
  private let generator: Generator

  /// A pass of a step.
  ///
  /// - Parameters:
  ///   - network: what is run.
  ///   - seed: of the step's dropout; the same seed drops the same.
  public init(_ network: Network, seed: UInt64) {
    self.network = network
    generator = Generator(seed: seed)
  }

  /// The features of inputs.
  public func features(_ inputs: Tensor, branches: [Int]?, _ mode: Mode) -> [Tensor] {
    network.features(inputs, branches: branches, Context(mode, generator: generator))
  }

  /// The logits of features.
  public func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] {
    network.logits(of: features, Context(mode, generator: generator))
  }

  /// The readout of the network.
  public func answer(_ heads: [Tensor]) -> Tensor { network.form.readout(heads) }

  /// By libtorch's `autograd.grad`.
  public func gradient(of value: Tensor, at inputs: Tensor) -> Tensor {
    value.gradient(at: inputs)
  }
}
