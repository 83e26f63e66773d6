import Requirements
import Torch

/// Self-attention inside of windows of W × W places, each pair of which has a learned bias by how they lie to each other.
///
/// Liu et al., *Swin transformer*, ICCV 2021. Names: `relative_position_bias_table` `[(2 W − 1)², heads]`, `qkv`, `proj`.
struct WindowAttention: Layer {
  /// Places along a side of a window, W.
  static let side = 7

  private let heads: Int
  private let table: Tensor
  private let weight, bias: Tensor
  private let projection: Linear
  private let adapters: (gathering: LowRank?, projection: LowRank?)
  /// For each pair of places of a window its row of the table, `[W⁴]`.
  private let pairs: Tensor

  init(_ channels: Int, heads: Int, using initializer: Initializer) {
    self.heads = heads
    let span = 2 * Self.side - 1
    table = initializer.weight([span * span, heads], .normal(deviation: 0.02))
    weight = initializer.weight([3 * channels, channels], .normal(deviation: 0.02))
    bias = initializer.vector(3 * channels, 0)
    projection = Linear(
      channels, channels, .normal(deviation: 0.02), bias: .zero, using: initializer)
    adapters = (
      LowRank(channels, 3 * channels, using: initializer),
      LowRank(channels, channels, using: initializer)
    )
    let places = (0..<Self.side * Self.side).map { (y: $0 / Self.side, x: $0 % Self.side) }
    let rows = places.flatMap { a in
      places.map { b in
        Int64((a.y - b.y + Self.side - 1) * span + a.x - b.x + Self.side - 1)
      }
    }
    pairs = Tensor(rows, shape: [rows.count]).moved(to: initializer.device)
  }

  /// - Parameter x: `[windows, W², C]`.
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    callAsFunction(x, masked: nil, context)
  }

  /// The same where only some pairs of places see each other.
  ///
  /// - Parameters:
  ///   - x: `[rows · windows, W², C]`.
  ///   - mask: what is added to the weights of each pair, `[windows, W², W²]`; `nil` is nothing.
  func callAsFunction(_ x: Tensor, masked mask: Tensor?, _ context: Context) -> Tensor {
    let (windows, places, channels) = (x.shape[0], x.shape[1], x.shape[2])
    context.tracing?.add(
      multiplyAdds: x.count * 3 * channels + 2 * windows * places * places * channels)
    if context.tracing?.shapesOnly == true { return projected(x, context) }
    let plain = x.linear(weight, bias)
    let all = (adapters.gathering?.added(to: plain, of: x, context) ?? plain)
      .reshaped([windows, places, 3, heads, channels / heads]).permuted([2, 0, 3, 1, 4])
    func part(_ index: Int) -> Tensor { all.narrowed(dim: 0, start: index, length: 1).squeezed(0) }
    let scale = 1 / Double(channels / heads).squareRoot()
    let biases = table.indexSelect(dim: 0, pairs).reshaped([places, places, heads])
      .permuted([2, 0, 1])
    var scores = (part(0) * scale).matmul(part(1).transposed(2, 3))
    scores = scores + biases.unsqueezed(0).to(scores.dtype)
    if let mask {
      let count = mask.shape[0]
      scores =
        (scores.reshaped([windows / count, count, heads, places, places])
        + mask.to(scores.dtype).unsqueezed(1).unsqueezed(0)).reshaped(scores.shape)
    }
    let gathered = scores.softmax(dim: 3).matmul(part(2))
    return projected(gathered.transposed(1, 2).reshaped([windows, places, channels]), context)
  }

  private func projected(_ x: Tensor, _ context: Context) -> Tensor {
    let y = projection(x, context)
    return adapters.projection?.added(to: y, of: x, context) ?? y
  }

  func visit(_ visitor: inout TensorVisitor) {
    visitor.parameter("relative_position_bias_table", table)
    visitor.nested("qkv") { visitor in
      visitor.parameter("weight", weight)
      visitor.parameter("bias", bias)
      adapters.gathering?.visit(&visitor)
    }
    visitor.layer("proj", projection)
    visitor.nested("proj") { adapters.projection?.visit(&$0) }
  }
}
