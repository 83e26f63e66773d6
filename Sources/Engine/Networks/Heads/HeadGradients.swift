package import Torch

/// The gradients of rows' losses ℓ at the tensors of a head, held as factors: their products and norms need no matrix of all
/// weights. With g = ∂ℓ/∂z, `[N, C]`, and f the features, `[N, F]`:
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
package struct HeadGradients {
  /// A summand: (left · left′)(right · right′), less (left∘cosines)·(left′∘cosines′) where there are cosines; without a right
  /// side that is 1.
  private struct Part {
    var left: Tensor
    var right: Tensor?
    var cosines: Tensor?
  }

  private let parts: [Part]

  /// As a cosine head has it: no division by a length of 0.
  private static let epsilon = 1e-12

  /// Whether a head is of a kind above.
  package static func knows(_ head: any Head) -> Bool {
    head is LinearHead || head is CosineHead || head is ScaledHead || head is MixedHead
  }

  /// The gradients of some rows, in float32.
  ///
  /// - Parameters:
  ///   - head: what drops nothing here.
  ///   - features: f, `[N, F]`.
  ///   - logits: z, `[N, C]`.
  ///   - slopes: g, `[N, C]`.
  /// - Returns: nil for a head that ``knows(_:)`` does not know.
  package init?(of head: any Head, features: Tensor, logits: Tensor, slopes: Tensor) {
    let (f, z, g) = (Self.plain(features), Self.plain(logits), Self.plain(slopes))
    switch head {
    case is LinearHead: parts = [Part(left: g, right: Self.withOne(f))]
    case let head as CosineHead: parts = [Self.cosine(head, f, z, g)]
    case let head as MixedHead:
      // Each half stands for itself at its own logits.
      let own = Self.plain(head.cosine(f, Context()))
      parts = [
        Part(left: g * 0.5, right: Self.withOne(f)), Self.cosine(head.cosine, f, own, g * 0.5),
      ]
    case let head as ScaledHead:
      let h = Self.plain(head.linear(f, Context()))
      parts = [
        Part(left: g * Self.plain(head.scale), right: Self.withOne(f)), Part(left: g * h),
      ]
    default: return nil
    }
  }

  private static func plain(_ x: Tensor) -> Tensor { x.detached().to(.float32) }

  /// f with a 1 behind, which the bias is multiplied by.
  private static func withOne(_ f: Tensor) -> Tensor {
    .concatenated([f, Tensor.ones([f.shape[0], 1], device: f.device)], dim: 1)
  }

  private static func cosine(_ head: CosineHead, _ f: Tensor, _ z: Tensor, _ g: Tensor) -> Part {
    let lengths = plain(head.weight).norm(dims: [1]).clamped(min: epsilon, max: .infinity)
    return Part(
      left: g * head.scale / lengths, right: f.unitRows(), cosines: z / head.scale)
  }

  /// ∇ℓ_i · ∇ℓ′_j of each of these rows with each of others, `[N, M]`.
  ///
  /// - Parameter other: of a head of the same kind.
  package func products(with other: HeadGradients) -> Tensor {
    Self.sum(
      zip(parts, other.parts).map { a, b in
        var product = a.left.matmul(b.left.transposed(0, 1))
        if let right = a.right, let others = b.right {
          product = product * right.matmul(others.transposed(0, 1))
        }
        guard let cosines = a.cosines, let others = b.cosines else { return product }
        return product - (a.left * cosines).matmul((b.left * others).transposed(0, 1))
      })
  }

  /// ‖∇ℓ‖² of each row, `[N]`, at least 0.
  package var squaredNorms: Tensor {
    Self.sum(
      parts.map { part in
        let left = part.left.square()
        guard let right = part.right else { return left.sum(dims: [1]) }
        let length = right.square().sum(dims: [1], keepDims: true)
        guard let cosines = part.cosines else { return (left * length).sum(dims: [1]) }
        // ‖f̂‖² is 1, but 0 where the features are; class by class, for what is left of 1 − cos² may be small.
        let unit = length / length.clamped(min: Self.epsilon * Self.epsilon, max: .infinity)
        let rest = (unit - cosines.square()).clamped(min: 0, max: .infinity)
        return (left * rest).sum(dims: [1])
      })
  }

  private static func sum(_ terms: [Tensor]) -> Tensor {
    terms.dropFirst().reduce(terms[0], +)
  }
}
