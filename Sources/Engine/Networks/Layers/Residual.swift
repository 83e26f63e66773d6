import Torch

/// What the answer of a block is added to, and how often it is left out.
struct Residual {
  /// Around the block, of the shape of its answer.
  let shortcut: Tensor
  /// How often the answer is left out.
  var path = DropPath()

  /// The sum of both.
  func callAsFunction(_ y: Tensor, _ context: Context) -> Tensor { path(y, context) + shortcut }
}
