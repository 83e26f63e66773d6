import Gauss
import Methods
import Networks
import Sessions
import Testing
import Torch

/// What a router does on LT-Gauss.
@Suite struct RoutedExpertsTests {
  /// Rows that are sent on are those that the first expert is more often wrong about; the answer is as good as that of all
  /// experts, and not every row has all of them.
  @Test(arguments: [500, 501] as [UInt64])
  func sendsOnWhatIsDoubtful(seed: UInt64) throws {
    var method = RIDE()
    method.router = 0.1
    let trial = try GaussTrial(method, seed: seed, epochs: 40)
    try withoutGradients {
      let outputs = trial.session.network.outputs(trial.data.test, Context())
      let engaged = try #require(outputs.engaged).scalars(as: Double.self)
      func right(_ logits: Tensor) -> [Double] {
        zip(logits.argmax(dim: 1).scalars(as: Int64.self), trial.data.testLabels)
          .map { Int($0) == $1 ? 1 : 0 }
      }
      func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
      let first = right(outputs.heads[0])
      let (stopped, sent) = (
        first.indices.filter { engaged[$0] == 1 }, first.indices.filter { engaged[$0] > 1 }
      )
      let share = mean(engaged)
      #expect(!stopped.isEmpty && !sent.isEmpty && share < 2.9, "\(share)")
      #expect(mean(stopped.map { first[$0] }) > mean(sent.map { first[$0] }) + 0.2)
      let all = mean(right(Readout.mean(outputs.heads)))
      #expect(mean(right(outputs.logits)) > all - 0.015, "\(mean(right(outputs.logits))), \(all)")
    }
  }
}
