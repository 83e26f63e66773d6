import Networks
import Requirements
import Torch

/// A checkpoint, and what it keeps from batch to batch.
struct InfluenceMoment {
  let network: Network
  let rate: Double
  let context: Context

  /// Of a network without an obstacle, which is asked before.
  func gradients(_ inputs: Inputs, _ labels: [Int]) -> HeadGradients {
    let outputs = network.outputs(inputs, context)
    guard let gradients = HeadGradients(outputs, labels, of: network) else {
      requirementFailed(
        "InfluenceMoment.gradients: expected a head of a known kind, got \(network.form.head)")
    }
    return gradients
  }
}

/// What is known of the example that is explained.
struct ShownExample {
  /// Features of length 1, `[1, F]`.
  let direction: Tensor
  let probabilities: [Double]
  /// Its class, or that which is predicted.
  let label: Int
  /// At each checkpoint.
  let gradients: [HeadGradients]

  init(
    _ inputs: Inputs, _ given: Int?, _ network: Network, _ context: Context,
    _ moments: [InfluenceMoment]
  ) {
    let outputs = network.outputs(inputs, context)
    let p = outputs.logits.to(.float32).softmax(dim: 1)
    let label = given ?? Int(p.argmax(dim: 1).item())
    (direction, self.label) = (outputs.directions, label)
    probabilities = p.to(.float64).scalars()
    gradients = moments.map { $0.gradients(inputs, [label]) }
  }
}

extension Outputs {
  /// Features of length 1, the branches' side by side, `[N, F]`.
  var directions: Tensor {
    (features.count == 1 ? features[0] : .concatenated(features, dim: 1)).to(.float32).unitRows()
  }
}
