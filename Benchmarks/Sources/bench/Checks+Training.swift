import Batches
import Losses
import Networks
import Optimizers
import Sampling
import Torch

extension Check {
  static let losses = [
    loss("cross-entropy, smoothed") { _ in CrossEntropy(smoothing: 0.1) },
    loss("focal") { _ in AdjustedCrossEntropy.focal(gamma: 2) },
    loss("balanced softmax") { AdjustedCrossEntropy.balancedSoftmax($0) },
    loss("LDAM") { AdjustedCrossEntropy.ldam($0) },
  ]

  private static func loss(_ kind: String, _ make: @escaping @Sendable (ClassCounts) -> any Loss)
    -> Check
  {
    Check(name: "loss, \(kind)", bound: 1e-5) { device in
      let loss = make(try ClassCounts([90, 30, 10, 5, 2]))
      let target = Target((0..<32).map { $0 % 5 })
      return try deviation([drawn([32, 5], seed: 11)], on: device) { [loss($0[0], target).values] }
    }
  }

  static let updates = [
    update("SGD with momentum") { SGD($0, momentum: 0.9, nesterov: true, weightDecay: 1e-4) },
    update("AdamW") { AdamW($0) },
  ]

  /// Weights after three steps down a bowl, gradients clipped.
  private static func update(
    _ kind: String, _ make: @escaping @Sendable (ParameterList) -> any Optimizer
  ) -> Check {
    Check(name: "optimiser, \(kind)", bound: 1e-5) { device in
      func moved(on device: Device) throws -> [Tensor] {
        let weights = try [drawn([8, 4, 3, 3], seed: 12), drawn([16, 8], seed: 13)].map {
          try $0.to(device).detached().cloned().requiringGrad()
        }
        let parameters = ParameterList(names: ["a", "b"], tensors: weights)
        var optimizer = make(parameters)
        for _ in 0..<3 {
          weights.reduce(Tensor.zeros([], device: device)) { $0 + $1.pow(4).sum() }.backward()
          parameters.clipGradients(to: 1)
          optimizer.step(rate: 0.1)
          parameters.clearGradients()
        }
        return weights.map { $0.detached() }
      }
      return deviation(try moved(on: device), from: try moved(on: .cpu))
    }
  }

  static let networks = [network("mobilenet_v2", size: 64), network("resnet32", size: 32)]

  /// Logits of training, with dropout, and the gradient of the first and the last weights.
  private static func network(_ name: String, size: Int) -> Check {
    Check(name: "network \(name)", bound: 1e-2) { device in
      func trained(on device: Device) throws -> [Tensor] {
        let network = try Architectures.named(name).build(
          classes: 5, on: device, using: Generator(seed: 0))
        let context = Context(.learning, generator: Generator(seed: 1))
        let logits = network(try drawn([16, 3, size, size], seed: 14).to(device), context)
        CrossEntropy()(logits, Target((0..<16).map { $0 % 5 })).mean.backward()
        let gradients = network.parameters.compactMap(\.tensor.grad)
        return [logits.detached(), gradients[0], gradients[gradients.count - 1]]
      }
      return deviation(try trained(on: device), from: try trained(on: .cpu))
    }
  }
}
