import Torch

/// Tokens to features: what one learned query gathers from them, and a perceptron on it.
///
/// Zhai et al., *Scaling vision transformers*, CVPR 2022, as in SigLIP (Zhai et al., ICCV 2023). Names: `latent`
/// `[1, 1, C]`, `q`, `kv`, `proj`, `norm`, `mlp`.
struct AttentionPooling: Layer {
  private let heads: Int
  private let latent: Tensor
  private let query, keys, projection: Linear
  private let norm: LayerNorm
  private let perceptron: Perceptron

  init(_ size: VisionTransformerSize, using initializer: Initializer) {
    let channels = size.channels
    heads = size.heads
    latent = initializer.weight(
      [1, 1, channels], .normal(deviation: 1 / Double(channels).squareRoot()))
    func linear(_ outputs: Int) -> Linear {
      Linear(channels, outputs, .normal(deviation: 0.02), bias: .zero, using: initializer)
    }
    (query, keys, projection) = (linear(channels), linear(2 * channels), linear(channels))
    norm = LayerNorm(channels, epsilon: size.epsilon, using: initializer)
    perceptron = Perceptron(channels, activation: size.activation, using: initializer)
  }

  /// - Parameter x: `[N, L, C]`.
  /// - Returns: `[N, C]`.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let (rows, tokens, channels) = (x.shape[0], x.shape[1], x.shape[2])
    let asked = query(latent.to(x.dtype), context)
      .reshaped([1, 1, heads, channels / heads]).permuted([0, 2, 1, 3])
      .expanded(to: [rows, heads, 1, channels / heads])
    let all = keys(x, context).reshaped([rows, tokens, 2, heads, channels / heads])
      .permuted([2, 0, 3, 1, 4])
    context.tracing?.add(multiplyAdds: 2 * rows * tokens * channels)
    func part(_ index: Int) -> Tensor { all.narrowed(dim: 0, start: index, length: 1).squeezed(0) }
    let gathered = asked.attention(to: part(0), part(1)).transposed(1, 2)
      .reshaped([rows, channels])
    let y = projection(gathered, context)
    return y + perceptron(norm(y, context), context)
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.parameter("latent", latent)
    visitor.layer("q", query)
    visitor.layer("kv", keys)
    visitor.layer("proj", projection)
    visitor.layer("norm", norm)
    visitor.layer("mlp", perceptron)
  }
}
