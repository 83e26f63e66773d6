import Decisions
import Evaluation
import TestSupport
import Testing

@Suite("Promises against MAPIE and scipy")
struct PromiseGoldenTests {
  private struct Promises: Decodable {
    let sets: [Sets]
    let risks: [Risk]
  }

  private struct Sets: Decodable {
    let alpha: Double
    let truth: [Int]
    let p: [[Double]], fresh: [[Double]]
    let sets: [[Int]]
    let groups: [String]
    let grouped: [[Int]]
  }

  private struct Risk: Decodable {
    let most: Double
    let confidence: [Double]
    let right: [Bool]
    let threshold: Double?, limit: Double?
  }

  private func golden() throws -> Promises { try Golden.load("Decisions/promises.json") }

  @Test("sets by probability are MAPIE's of each class alone; of groups, each counts once")
  func sets() throws {
    for one in try golden().sets {
      for (groups, expected) in [(nil, one.sets), (one.groups, one.grouped)] {
        let sets = ConformalSets(
          fitting: LabelledProbabilities(
            classes: one.p[0].indices.map { "\($0)" }, truths: one.truth,
            probabilities: one.p.flatMap { $0 }, groups: groups), missRate: one.alpha)
        for (row, own) in zip(one.fresh, expected) { #expect(sets(row[...]) == own) }
      }
    }
  }

  @Test("a promised risk is Clopper's and Pearson's at the largest of ten coverages that keeps it")
  func risks() throws {
    let risks = try golden().risks
    #expect(risks.contains { $0.threshold == nil } && risks.contains { $0.threshold != nil })
    for one in risks {
      let found = try? Abstention(
        .risk(atMost: one.most), confidences: one.confidence, isRight: one.right, promised: 0.95)
      #expect(found?.threshold == one.threshold)
      guard let limit = one.limit else { continue }
      #expect(close(try #require(found?.guarantee?.level), limit, absolute: 1e-9))
    }
  }
}
