import Randomness
import Studies
import TestSupport
import Testing

@Suite struct CollapseStudyTests {
  private let key = RandomKey(seed: 0)

  /// Three decimals, in both of the published regimes: all classes live, and the smallest has collapsed.
  @Test(arguments: [([10, 20, 30, 40], 5e-3), ([1, 20, 40, 80], 8e-3)] as [([Int], Double)])
  func descentComesToTheClosedForm(counts: [Int], decay: Double) {
    let study = CollapseStudy(counts: counts, decay: decay)
    let found = study.descended(key: key)
    #expect(difference(found.squares, study.predicted, absolute: 5e-4) == nil, "\(found)")
    #expect(found.offDiagonal < 1e-6 && found.withinClass < 1e-10, "\(found)")
    #expect((study.predicted[0] == 0) == (counts[0] == 1))
  }

  @Test func deeperLayersToo() {
    var study = CollapseStudy(counts: [4, 8], layers: 2, decay: 2e-3)
    study.steps = 8000
    let found = study.descended(key: key)
    #expect(difference(found.squares, study.predicted, absolute: 1e-3) == nil, "\(found)")
  }

  /// √n − N λ, and nothing below (N λ)² examples.
  @Test func oneLayerHasTheShortForm() {
    let study = CollapseStudy()
    let reach = 141 * 8e-3
    let wanted = study.counts.map { max(0, Double($0).squareRoot() - reach) }
    #expect(difference(study.predicted, wanted, absolute: 1e-9) == nil)
    #expect(close(study.fewest, reach * reach, relative: 1e-12))
  }

  /// Just below so many examples a class has nothing, just above it has something.
  @Test(arguments: [1, 2, 3]) func theThresholdIsWhereAClassVanishes(layers: Int) {
    let study = CollapseStudy(counts: [5, 50], layers: layers, decay: 2e-3)
    #expect(study.predicted(of: 0.999 * study.fewest) == 0)
    #expect(study.predicted(of: 1.001 * study.fewest) > 0)
  }

  @Test func sameKeySameNumbers() {
    var study = CollapseStudy(counts: [2, 3])
    study.steps = 50
    #expect(study.descended(key: key) == study.descended(key: key))
    #expect(study.descended(key: key) != study.descended(key: RandomKey(seed: 1)))
  }
}
