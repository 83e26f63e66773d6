import Gauss
import Inference
import Methods
import Networks
import Randomness
import Sampling
import Sessions
import Testing
import Torch

/// SADE's experts weighed for test sets of other distributions.
@Suite struct ExpertTests {
  /// Without a label of the test set, the expert for common classes gains weight where these are common, the
  /// expert for rare classes where those are.
  @Test func expertsAreWeighedByWhatIsThere() throws {
    var forward = [0.0, 0, 0]
    var backward = [0.0, 0, 0]
    for seed: UInt64 in 200..<205 {
      let run = try GaussTrial(SADE(), seed: seed)
      let (f, b) = (
        run.expertWeights(for: .forward(50), seed: seed),
        run.expertWeights(for: .backward(50), seed: seed)
      )
      for e in 0..<3 {
        forward[e] += f[e] / 5
        backward[e] += b[e] / 5
      }
    }
    #expect(forward[0] > backward[0] + 0.05, "forward \(forward), backward \(backward)")
    #expect(backward[2] > forward[2] + 0.05, "forward \(forward), backward \(backward)")
  }
}

extension GaussTrial {
  /// The weights of the experts for a test set of a distribution, fitted without its labels: views are the rows
  /// with noise of σ = .5, twenty passes in batches of 64.
  func expertWeights(for distribution: TestDistribution, seed: UInt64) -> [Double] {
    let key = RandomKey(seed: seed).folding("experts")
    let rows = distribution.rows(of: data.testLabels, trained: LTGauss.counts, key: key)
    let (network, generator) = (session.network, Generator(seed: seed))
    var fit = ExpertAggregation(experts: network.heads.count)
    for pass in 0..<20 {
      var source = key.folding(pass).source
      let order = source.shuffle(rows.count).map { rows[$0] }
      for start in stride(from: 0, to: order.count, by: 64) {
        let part = order[start..<min(start + 64, order.count)].map(Int64.init)
        let x = data.test.indexSelect(dim: 0, Tensor(part, shape: [part.count]))
        let views = (0..<2).map { _ in
          withoutGradients {
            let noise = Tensor.normal(x.shape, mean: 0, std: 0.5, using: generator)
            return network.logits(of: network.features(x + noise, Context()), Context())
          }
        }
        fit.step(views[0], views[1])
      }
      if fit.weights.contains(where: { $0 < 0.05 }) { break }
    }
    return fit.weights
  }
}
