import Batches
import Evaluation
import Inference
import Networks
import TestSupport
import Testing
import Torch

/// Rows whose probabilities crossed are marked and counted.
@Suite struct StraightenedColumnTests {
  private let numbers = [4, 1, 9, 2, 7]

  /// - Parameter biases: of the two thresholds, of which the second should be lower.
  private func predictions(_ biases: [Float]?) throws -> Predictions {
    let form = biases == nil ? NetworkForm() : NetworkForm(head: .thresholds, decoding: .cumulative)
    let network = try Architectures.named("resnet20").build(
      classes: 3, form: form, using: Generator(seed: 3))
    if let biases, let head = network.heads[0] as? ThresholdHead {
      withoutGradients { head.bias.copy(from: Tensor(biases, shape: [2])) }
    }
    return try Predictor(batchSize: 2, workers: 1, autocast: nil, device: .cpu)
      .predictions(
        on: SmallModel.set(numbers), by: network, classes: SmallModel.classes,
        SmallModel().preprocessing)
  }

  @Test func crossedBiases() throws {
    let crossed = try predictions([-1, 1])
    #expect(crossed.columns.map(\.name) == ["group", "straightened"])
    #expect(crossed.columns[1].values == ["1", "1", "1", "1", "1"])
    #expect(
      crossed.straightenedWords
        == "grades: P(y > k) rises somewhere with k in 5 of 5 rows, whose probabilities were straightened"
    )
    for row in 0..<5 {
      #expect(crossed.probabilities[row * 3 + 1] < 1e-5)
      #expect(
        close(Double(crossed.probabilities[row * 3..<row * 3 + 3].reduce(0, +)), 1, absolute: 1e-5))
    }
    let ordered = try predictions([1, -1])
    #expect(ordered.columns[1].values == ["0", "0", "0", "0", "0"])
    #expect(ordered.straightenedWords?.contains("in 0 of 5 rows") == true)
  }

  @Test func otherModelsHaveNoSuchColumn() throws {
    let plain = try predictions(nil)
    #expect(plain.columns.map(\.name) == ["group"] && plain.straightenedWords == nil)
  }
}
