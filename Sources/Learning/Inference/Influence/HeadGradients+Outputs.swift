import Networks
import Torch

extension HeadGradients {
  /// Why there are no gradients of ℓ = −log p_y at the last layer; nil where the network has one head of a known kind, over a
  /// softmax.
  static func obstacle(_ network: Network) -> String? {
    guard network.heads.count == 1 else { return "\(network.heads.count) heads" }
    guard network.form.decoding == .softmax else {
      return "outputs that are decoded as \(network.form.decoding.rawValue)"
    }
    return knows(network.heads[0]) ? nil : "a head of another kind (\(network.form.head))"
  }

  /// The gradients of ℓ = −log p_y of some rows: g = p − y.
  ///
  /// - Parameters:
  ///   - outputs: what the network gave for them.
  ///   - labels: y of each row, `[N]`.
  ///   - network: without an ``obstacle(_:)``; nil for another.
  init?(_ outputs: Outputs, _ labels: [Int], of network: Network) {
    let z = outputs.logits.detached().to(.float32)
    let y = Tensor(labels.map(Int64.init), shape: [labels.count]).moved(to: z.device)
    self.init(
      of: network.heads[0],
      features: outputs.features.count == 1
        ? outputs.features[0] : .concatenated(outputs.features, dim: 1),
      logits: z, slopes: z.softmax(dim: 1) - y.oneHot(classes: network.classes).to(.float32))
  }
}
