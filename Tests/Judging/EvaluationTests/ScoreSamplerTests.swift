import Evaluation
import Randomness
import Testing

@Suite("Scores of a made-up model")
struct ScoreSamplerTests {
  @Test("the asked AUROC on average, at any prevalence", arguments: [0.5, 0.65, 0.85, 0.99])
  func onTarget(target: Double) {
    for prevalence in [0.05, 0.5] {
      let sampler = ScoreSampler(count: 200, prevalence: prevalence, rocAUC: target)
      var (sum, square) = (0.0, 0.0)
      for seed in 0..<400 {
        var random = RandomKey(seed: UInt64(seed)).source
        let (positives, negatives) = sampler.sample(using: &random)
        let area = areaUnderROC(positives: positives, negatives: negatives) ?? .nan
        sum += area
        square += area * area
      }
      let mean = sum / 400
      let error = (max(square / 400 - mean * mean, 0) / 400).squareRoot()
      #expect(abs(mean - target) < 4 * error + 1e-9, "\(mean) ± \(error)")
    }
  }

  @Test("perfect and reversed")
  func extremes() {
    for target in [0.0, 1] {
      var random = RandomKey(seed: 1).source
      let (positives, negatives) = ScoreSampler(count: 50, prevalence: 0.2, rocAUC: target)
        .sample(using: &random)
      #expect(positives.count == 10)
      #expect(negatives.count == 40)
      #expect(areaUnderROC(positives: positives, negatives: negatives) == target)
    }
  }

  @Test("the same generator gives the same scores, all of them in 0…1")
  func reproducible() {
    let sampler = ScoreSampler(count: 100, prevalence: 0.3, rocAUC: 0.7)
    var (one, other) = (RandomKey(seed: 3).source, RandomKey(seed: 3).source)
    let (first, second) = (sampler.sample(using: &one), sampler.sample(using: &other))
    #expect(first.positives == second.positives)
    #expect(first.negatives == second.negatives)
    #expect(first.positives == first.positives.sorted())
    #expect((first.positives + first.negatives).allSatisfy { (0...1).contains($0) })
    #expect(sampler.sample(using: &one).positives != first.positives)
  }

  @Test("impossible mixtures trap")
  func impossible() async {
    await #expect(processExitsWith: .failure) {
      _ = ScoreSampler(count: 20, prevalence: 0.01, rocAUC: 0.8)
    }
    await #expect(processExitsWith: .failure) {
      _ = ScoreSampler(count: 20, prevalence: 0.5, rocAUC: 1.1)
    }
  }
}
