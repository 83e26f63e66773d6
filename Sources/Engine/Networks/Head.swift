import Requirements
import Torch

/// The last layer: dropout, then a linear layer from features to logits.
struct Head: Layer {
  /// How an architecture makes and names its head.
  struct Form: Sendable {
    /// Dotted name of the linear layer: `fc`.
    let name: String
    var form = Linear.Form.matrix
    var distribution = Initializer.Distribution.uniformFanIn
    var bias = Linear.Bias.uniform
  }

  private let form: Form
  private let linear: Linear
  private let dropout: Double

  init(
    _ form: Form, features: Int, classes: Int, dropout: Double, using initializer: Initializer
  ) {
    require(classes >= 1, "Network: expected at least 1 class, got \(classes)")
    require(
      (0..<1).contains(dropout), "Network: expected a dropout in 0..<1, got \(dropout)")
    self.form = form
    self.dropout = dropout
    linear = Linear(
      features, classes, form: form.form, form.distribution, bias: form.bias, using: initializer)
  }

  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    let kept =
      context.training && dropout > 0 ? x.dropout(dropout, using: context.generator) : x
    return linear(kept, context)
  }

  func visit(_ visitor: inout TensorVisitor) { visitor.layer(form.name, linear) }
}
