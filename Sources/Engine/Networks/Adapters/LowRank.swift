import Torch

/// What LoRA adds to a linear layer: (α / r) B A x.
///
/// A begins as U(±1/√in), B as 0. Names, in the layer's own: `lora_A.weight` `[r, in]`, `lora_B.weight` `[out, r]`.
struct LowRank {
  private let down, up: Tensor
  private let factor: Double

  /// `nil` where the network has no LoRA, or one of rank 0.
  init?(_ inputs: Int, _ outputs: Int, using initializer: Initializer) {
    guard let adapter = initializer.adapter, adapter.kind == .lora, let rank = adapter.rank,
      rank > 0
    else { return nil }
    down = initializer.weight([rank, inputs], .zero)
    up = initializer.weight([outputs, rank], .zero)
    factor = adapter.factor
  }

  /// y + (α / r) B A x.
  ///
  /// - Parameters:
  ///   - y: what the layer made of x, `[…, out]`.
  ///   - x: `[…, in]`.
  func added(to y: Tensor, of x: Tensor, _ context: Context) -> Tensor {
    let rows = x.count / down.shape[1]
    context.tracing?.add(multiplyAdds: rows * (down.count + up.count))
    if context.tracing?.shapesOnly == true { return y }
    let added = x.linear(down, nil).linear(up, nil)
    return y + (factor == 1 ? added : added * factor)
  }

  /// Shows both matrices.
  func visit(_ visitor: inout TensorVisitor) {
    visitor.adapter("lora_A.weight", down, begins: .uniformFanIn)
    visitor.adapter("lora_B.weight", up)
  }
}
