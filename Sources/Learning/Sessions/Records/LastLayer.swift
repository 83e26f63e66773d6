import Networks
import Torch

/// The norm of each row's gradient at the tensors of the heads, from the gradient at its logits g = ∂ℓ/∂z:
///
/// | head | ‖∂ℓ/∂θ‖² |
/// |---|---|
/// | z = W f + b | ‖g‖² (‖f‖² + 1) |
/// | z_c = s cos(w_c, f) | Σ_c g_c² s² (‖f̂‖² − cos²) / ‖w_c‖², f̂ = f / ‖f‖ |
/// | z_c = ½ (w_c f + b_c + s cos(v_c, f)) | ¼ of the sum of the two above |
/// | z_c = a_c (w_c f + b_c) | Σ_c g_c² ((w_c f + b_c)² + a_c² (‖f‖² + 1)) |
///
/// A row's loss depends on no other row's logits, so that one gradient of the sum serves all rows.
enum LastLayer {
  /// As a cosine head has it: no division by a length of 0.
  private static let epsilon = 1e-12

  /// Whether the heads are of a kind above, and drop nothing.
  static func isKnown(_ network: Network) -> Bool {
    network.heads.allSatisfy { head in
      switch head {
      case let head as LinearHead: head.dropout == 0
      case is CosineHead: true
      case let head as MixedHead: head.linear.dropout == 0
      case let head as ScaledHead: head.linear.dropout == 0
      default: false
      }
    }
  }

  /// The norms over all heads, `[N]`, float32; `nil` where the heads are of no known kind.
  ///
  /// - Parameters:
  ///   - answer: what the heads saw and said.
  ///   - slopes: g of each head, `[N, C]`.
  static func gradientNorms(
    _ answer: SeenPasses.Seen, _ slopes: [Tensor], _ network: Network
  ) -> Tensor? {
    guard isKnown(network) else { return nil }
    let inputs =
      network.form.joinsFeatures
      ? [Tensor.concatenated(answer.features, dim: 1)] : answer.features
    var sum: Tensor?
    for (place, head) in network.heads.enumerated() {
      let (f, z) = (plain(inputs[place]), plain(answer.heads[place]))
      guard let square = square(head, f, z, plain(slopes[place])) else { return nil }
      sum = sum.map { $0 + square } ?? square
    }
    return sum?.sqrt()
  }

  private static func square(
    _ head: any Head, _ f: Tensor, _ z: Tensor, _ g: Tensor
  ) -> Tensor? {
    let length = f.square().sum(dims: [1], keepDims: true)
    switch head {
    case is LinearHead: return (g.square() * (length + 1)).sum(dims: [1])
    case let head as CosineHead:
      let w = plain(head.weight)
      // ‖f̂‖² is 1, but 0 where the features are.
      let unit = length / length.clamped(min: epsilon * epsilon, max: .infinity)
      let rest = (unit - (z / head.scale).square()).clamped(min: 0, max: .infinity)
      let rows = w.square().sum(dims: [1]).clamped(min: epsilon * epsilon, max: .infinity)
      return (g.square() * rest / rows).sum(dims: [1]) * (head.scale * head.scale)
    case let head as MixedHead:
      // Each half stands for itself at its own logits.
      let halves: [any Head] = [head.linear, head.cosine]
      let squares = halves.compactMap { square($0, f, plain($0(f, Context())), g) }
      return squares.dropFirst().reduce(squares[0], +) * 0.25
    case let head as ScaledHead:
      let inner = plain(head.linear(f, Context()))
      let scaled = plain(head.scale).square() * (length + 1)
      return (g.square() * (inner.square() + scaled)).sum(dims: [1])
    default: return nil
    }
  }

  private static func plain(_ x: Tensor) -> Tensor { x.detached().to(.float32) }
}
