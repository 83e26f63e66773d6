import Requirements
import Torch

/// Hidden layers on feature vectors: linear, batch normalisation, ReLU, one after another.
///
/// Names are those of one PyTorch `Sequential` of all of it: `hidden.0` and `hidden.1` are the first linear layer and
/// its normalisation, `hidden.3` and `hidden.4` the second.
struct MLP: DivisibleBackbone {
  let featureCount: Int
  let steps: [BackboneStep]

  /// - Parameters:
  ///   - inputs: width of the vectors, D.
  ///   - hidden: widths of the hidden layers in order, at least one.
  init(inputs: Int, hidden: [Int] = [512, 512], using initializer: Initializer) {
    require(
      !hidden.isEmpty && hidden.allSatisfy { $0 >= 1 },
      "MLP: expected widths of at least one hidden layer, got \(hidden)")
    let widths = [inputs] + hidden
    steps = hidden.indices.map { number in
      let linear = Linear(widths[number], widths[number + 1], using: initializer)
      let norm = BatchNorm(widths[number + 1], using: initializer)
      return BackboneStep([("hidden.\(3 * number)", linear), ("hidden.\(3 * number + 1)", norm)]) {
        $0.reluInPlace()
      }
    }
    featureCount = widths[hidden.count]
  }

  /// The last hidden layer.
  func cut(_ division: Division) -> Int { steps.count - 1 }

  /// The end of every hidden layer.
  var places: [Int] { Array(steps.indices) }
}
