import Networks
import Requirements
import Torch

/// The gradients of ℓ = −log p_y at the tensors of the last layer, a row an example, held as factors: their products need no
/// matrix of all weights. With g = p − y, the gradient of ℓ at the logits:
///
/// | head | ∇ℓ · ∇ℓ′ |
/// |---|---|
/// | z = W f + b | (g·g′)(f·f′ + 1) |
/// | z_c = s cos(w_c, f) | (u·u′)(f̂·f̂′) − (u∘cos)·(u′∘cos′), u_c = s g_c / ‖w_c‖, f̂ = f / ‖f‖ |
/// | z_c = a_c h_c, h_c = w_c f + b_c | ((a∘g)·(a∘g′))(f·f′ + 1) + (g∘h)·(g′∘h′) |
/// | z_c = ½ (w_c f + b_c + s cos(v_c, f)) | the sum of the first two, with ½ g and ½ g′ |
///
/// Source: Pruthi, Liu, Kale, Sundararajan, "Estimating Training Data Influence by Tracing Gradient Descent", NeurIPS 2020,
/// which proposes the last layer and its factors.
struct LastLayerGradients {
  /// A summand of the product: sign · (left · left′)(right · right′); without a right side that is 1.
  private struct Part {
    var sign = 1.0
    var left: Tensor
    var right: Tensor?
  }

  private let parts: [Part]

  /// Why there are no such gradients; nil where the network has one head of the kinds above, over a softmax.
  static func obstacle(_ network: Network) -> String? {
    guard network.heads.count == 1 else { return "\(network.heads.count) heads" }
    guard network.form.decoding == .softmax else {
      return "outputs that are decoded as \(network.form.decoding.rawValue)"
    }
    switch network.heads[0] {
    case is LinearHead, is CosineHead, is ScaledHead, is MixedHead: return nil
    default: return "a head of another kind (\(network.form.head))"
    }
  }

  /// The gradients of some rows.
  ///
  /// - Parameters:
  ///   - outputs: what the network gave for them.
  ///   - labels: y of each row, `[N]`.
  ///   - network: without an ``obstacle(_:)``.
  init(_ outputs: Outputs, _ labels: [Int], of network: Network) {
    func plain(_ x: Tensor) -> Tensor { x.detached().to(.float32) }
    let z = plain(outputs.logits)
    let y = Tensor(labels.map(Int64.init), shape: [labels.count]).moved(to: z.device)
    let g = z.softmax(dim: 1) - y.oneHot(classes: network.classes).to(.float32)
    let f = plain(
      outputs.features.count == 1
        ? outputs.features[0] : .concatenated(outputs.features, dim: 1))
    let one = Tensor.ones([labels.count, 1], device: z.device)
    switch network.heads[0] {
    case let head as CosineHead:
      parts = Self.cosine(head, g, f, cosines: z / head.scale)
    case let head as MixedHead:
      let cosines = plain(head.cosine(f, Context(training: false))) / head.cosine.scale
      parts =
        [Part(left: g * 0.5, right: .concatenated([f, one], dim: 1))]
        + Self.cosine(head.cosine, g * 0.5, f, cosines: cosines)
    case let head as ScaledHead:
      let scale = plain(head.scale)
      let h = plain(head.linear(f, Context(training: false)))
      parts = [
        Part(left: g * scale, right: .concatenated([f, one], dim: 1)), Part(left: g * h),
      ]
    default:
      parts = [Part(left: g, right: .concatenated([f, one], dim: 1))]
    }
  }

  /// The parts of a cosine head, g the gradient at its logits.
  private static func cosine(
    _ head: CosineHead, _ g: Tensor, _ f: Tensor, cosines: Tensor
  ) -> [Part] {
    let lengths = head.weight.detached().to(.float32).norm(dims: [1])
      .clamped(min: 1e-12, max: .infinity)
    let u = g * head.scale / lengths
    return [Part(left: u, right: f.unitRows()), Part(sign: -1, left: u * cosines)]
  }

  /// ∇ℓ_i · ∇ℓ′_j of each of these rows with each of others, `[N, M]`.
  func products(with other: LastLayerGradients) -> Tensor {
    sum(zip(parts, other.parts)) { a, b in
      let left = a.left.matmul(b.left.transposed(0, 1))
      guard let right = a.right, let others = b.right else { return left }
      return left * right.matmul(others.transposed(0, 1))
    }
  }

  /// ‖∇ℓ‖² of each row, `[N]`.
  var squaredNorms: Tensor {
    sum(zip(parts, parts)) { part, _ in
      let left = part.left.square().sum(dims: [1])
      return part.right.map { left * $0.square().sum(dims: [1]) } ?? left
    }
  }

  private func sum(
    _ pairs: Zip2Sequence<[Part], [Part]>, _ term: (Part, Part) -> Tensor
  ) -> Tensor {
    let terms = pairs.map { $0.sign == 1 ? term($0, $1) : -term($0, $1) }
    return terms.dropFirst().reduce(terms[0], +)
  }
}
