import Requirements
import Torch

/// Self-attention of several heads: every token gathers from all others what its queries ask for.
///
/// Vaswani et al., *Attention is all you need*, NeurIPS 2017. Names: `qkv.weight` `[3 C, C]` (queries, keys, values, head
/// by head), `qkv.bias`, `proj`.
struct Attention: Layer {
  private let heads: Int
  private let weight: Tensor
  private let bias: Tensor?
  private let projection: Linear
  private let adapters: (gathering: LowRank?, projection: LowRank?)

  /// - Parameters:
  ///   - channels: of a token.
  ///   - heads: how many gather side by side; they divide the channels.
  ///   - hasBias: whether queries, keys and values have a bias.
  init(_ channels: Int, heads: Int, hasBias: Bool = true, using initializer: Initializer) {
    require(
      channels % heads == 0, "Attention: expected heads that divide \(channels), got \(heads)")
    self.heads = heads
    weight = initializer.weight([3 * channels, channels], .normal(deviation: 0.02))
    bias = hasBias ? initializer.vector(3 * channels, 0) : nil
    projection = Linear(
      channels, channels, .normal(deviation: 0.02), bias: .zero, using: initializer)
    adapters = (
      LowRank(channels, 3 * channels, using: initializer),
      LowRank(channels, channels, using: initializer)
    )
  }

  /// - Parameter x: `[N, L, C]`.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    callAsFunction(x, rotating: nil, context)
  }

  /// The same with queries and keys of patches turned by where they stand.
  func callAsFunction(_ x: Tensor, rotating rotation: Rotation?, _ context: Context) -> Tensor {
    let (rows, tokens, channels) = (x.shape[0], x.shape[1], x.shape[2])
    // Queries with keys, and weights with values: each L · L · C a row.
    context.tracing?.add(
      multiplyAdds: x.count * 3 * channels + 2 * rows * tokens * tokens * channels)
    if context.tracing?.shapesOnly == true { return projected(x, context) }
    let plain = x.linear(weight, bias)
    let all = (adapters.gathering?.added(to: plain, of: x, context) ?? plain)
      .reshaped([rows, tokens, 3, heads, channels / heads]).permuted([2, 0, 3, 1, 4])
    func part(_ index: Int) -> Tensor { all.narrowed(dim: 0, start: index, length: 1).squeezed(0) }
    func turned(_ index: Int) -> Tensor { rotation.map { $0(part(index)) } ?? part(index) }
    let gathered = turned(0).attention(to: turned(1), part(2))
    return projected(gathered.transposed(1, 2).reshaped([rows, tokens, channels]), context)
  }

  private func projected(_ x: Tensor, _ context: Context) -> Tensor {
    let y = projection(x, context)
    return adapters.projection?.added(to: y, of: x, context) ?? y
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.nested("qkv") { visitor in
      visitor.parameter("weight", weight)
      if let bias { visitor.parameter("bias", bias) }
      adapters.gathering?.visit(&visitor)
    }
    visitor.layer("proj", projection)
    visitor.nested("proj") { adapters.projection?.visit(&$0) }
  }
}
