import Networks
import Torch

/// The norm of each row's gradient at the tensors of the heads, ‖∂ℓ/∂θ‖, from the gradient at its logits by `HeadGradients`.
///
/// A row's loss depends on no other row's logits, so that one gradient of the sum serves all rows.
enum LastLayer {
  /// Whether the heads are of a kind whose gradients are known, and drop nothing.
  static func isKnown(_ network: Network) -> Bool {
    network.heads.allSatisfy { head in
      let linear =
        head as? LinearHead ?? (head as? MixedHead)?.linear ?? (head as? ScaledHead)?.linear
      return HeadGradients.knows(head) && (linear?.dropout ?? 0) == 0
    }
  }

  /// The norms over all heads, `[N]`, float32; `nil` where the heads are of no known kind.
  ///
  /// - Parameters:
  ///   - answer: what the heads saw and said.
  ///   - slopes: ∂ℓ/∂z of each head, `[N, C]`.
  static func gradientNorms(
    _ answer: SeenPasses.Seen, _ slopes: [Tensor], _ network: Network
  ) -> Tensor? {
    guard isKnown(network) else { return nil }
    let inputs =
      network.form.joinsFeatures
      ? [Tensor.concatenated(answer.features, dim: 1)] : answer.features
    var sum: Tensor?
    for (place, head) in network.heads.enumerated() {
      let gradients = HeadGradients(
        of: head, features: inputs[place], logits: answer.heads[place], slopes: slopes[place])
      guard let square = gradients?.squaredNorms else { return nil }
      sum = sum.map { $0 + square } ?? square
    }
    return sum?.sqrt()
  }
}
