import Evaluation
import Testing

@Suite("Top-k accuracy")
struct TruthRankTests {
  private func ranks(_ rows: [(Int, [Double])]) -> TruthRank {
    var ranks = TruthRank(classes: rows[0].1.count)
    for (truth, probabilities) in rows {
      ranks.add(Outcome(truth: truth, probabilities: probabilities[...]))
    }
    return ranks
  }

  @Test("by hand")
  func byHand() {
    let ranks = ranks([(0, [0.5, 0.3, 0.2]), (1, [0.5, 0.3, 0.2]), (2, [0.5, 0.3, 0.2])])
    #expect(ranks.value == [1, 1, 1])
    #expect(ranks.accuracy(top: 1) == 1.0 / 3)
    #expect(ranks.accuracy(top: 2) == 2.0 / 3)
    #expect(ranks.accuracy(top: 3) == 1)
    #expect(ranks.accuracy(top: 99) == 1)
  }

  @Test("of equals the first class comes first")
  func ties() {
    #expect(ranks([(0, [0.4, 0.4, 0.2])]).value == [1, 0, 0])
    #expect(ranks([(1, [0.4, 0.4, 0.2])]).value == [0, 1, 0])
    #expect(ranks([(2, [0.25, 0.5, 0.25])]).value == [0, 0, 1])
  }

  @Test("never falls as k grows")
  func monotone() {
    for number in 1...200 {
      let ranks = GoldenTable(number).evidence.ranks
      let curve = (1...ranks.value.count).compactMap(ranks.accuracy)
      #expect(curve == curve.sorted())
      #expect(curve.last == 1)
    }
  }

  @Test("no examples, and counts made elsewhere")
  func limits() {
    #expect(TruthRank(classes: 3).accuracy(top: 1) == nil)
    #expect(TruthRank(counts: [3, 1]).accuracy(top: 1) == 0.75)
  }

  @Test("k of 0, no class and another width trap")
  func impossible() async {
    await #expect(processExitsWith: .failure) { _ = TruthRank(classes: 2).accuracy(top: 0) }
    await #expect(processExitsWith: .failure) { _ = TruthRank(classes: 0) }
    await #expect(processExitsWith: .failure) {
      var ranks = TruthRank(classes: 2)
      ranks.add(Outcome(truth: 0, probabilities: [1]))
    }
    await #expect(processExitsWith: .failure) {
      var ranks = TruthRank(classes: 2)
      ranks.merge(TruthRank(classes: 3))
    }
  }
}
