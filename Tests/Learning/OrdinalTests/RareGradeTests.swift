import Foundation
import Ordinal
import Randomness
import TestSupport
import Testing

/// What PRESTO gains for a rare grade over a logistic regression of that grade alone and over proportional odds, by the mean squared error
/// of its probability on new rows; 4 draws, all 20 and `Results/grades-simulation.json` with `STEELYARD_PROOFS`.
@Suite struct RareGradeTests {
  /// One draw: rows of the rare grade, and the error of each way.
  private struct Outcome: Codable {
    var seed: Int, rare: Int, logistic: Double, proportional: Double, presto: Double
    var lambda: Double, fused: Int, straightened: Int
  }

  private struct Summary: Codable {
    var order: [Int], penalisesFirst: Bool, differs: Double, draws: [Outcome]

    func mean(_ of: (Outcome) -> Double) -> Double {
      draws.map(of).reduce(0, +) / Double(draws.count)
    }
    var winsOverLogistic: Int { draws.count { $0.presto < $0.logistic } }
    var winsOverProportional: Int { draws.count { $0.presto < $0.proportional } }
    var overLogistic: Double { mean(\.presto) / mean(\.logistic) }
    var overProportional: Double { mean(\.presto) / mean(\.proportional) }
  }

  /// - Parameter order: the place of each grade in the order that the fits believe in.
  private func outcome(
    _ seed: Int, order: [Int], penalisesFirst: Bool, differs: Double
  ) -> Outcome {
    var world = RareGradeWorld(seed: UInt64(seed), differs: differs)
    let (train, _) = world.rows(2500)
    let (test, truth) = world.rows(5000)
    let rare = train.grades - 1
    func error(_ model: CumulativeModel, _ place: Int) -> Double {
      let p = model(test.features).probabilities
      return (0..<test.count).reduce(0) { sum, row in
        let wrong = p[row * model.grades + place] - truth[row * test.grades + rare]
        return sum + wrong * wrong
      } / Double(test.count)
    }
    func regraded(_ grades: Int, _ grade: (Int) -> Int) -> GradedRows {
      GradedRows(
        features: train.features, width: train.width, labels: train.labels.map(grade),
        grades: grades)
    }
    let key = RandomKey(seed: UInt64(seed))
    let ordered = regraded(train.grades) { order[$0] }
    let logistic = ProportionalOdds(c: .infinity)(regraded(2) { $0 == rare ? 1 : 0 }, key: key)
    let proportional = ProportionalOdds(c: .infinity)(ordered, key: key)
    let presto = FusedOdds(penalisesFirst: penalisesFirst)(ordered, key: key)
    return Outcome(
      seed: seed, rare: train.counts[rare], logistic: error(logistic.model, 1),
      proportional: error(proportional.model, order[rare]),
      presto: error(presto.model, order[rare]), lambda: presto.lambda, fused: presto.fused.zero,
      straightened: presto.model(test.features).straightened)
  }

  private func summary(
    _ seeds: Range<Int>, order: [Int] = [0, 1, 2, 3], penalisesFirst: Bool = false,
    differs: Double = 1.0 / 3
  ) -> Summary {
    Summary(
      order: order, penalisesFirst: penalisesFirst, differs: differs,
      draws: (Proofs.areAsked ? 0..<20 : seeds).map {
        outcome($0, order: order, penalisesFirst: penalisesFirst, differs: differs)
      })
  }

  @Test func prestoWins() throws {
    let found = summary(0..<4)
    #expect(found.winsOverLogistic * 4 >= found.draws.count * 3, "\(found)")
    #expect(found.winsOverProportional * 4 >= found.draws.count * 3, "\(found)")
    #expect(found.overLogistic <= 0.8 && found.overProportional <= 0.8, "\(found)")
    #expect(found.draws.allSatisfy { (8...90).contains($0.rare) })
    // A wrong order, with the rare grade among the common ones: nothing to borrow.
    let shuffled = summary(1..<2, order: [1, 3, 0, 2])
    #expect(shuffled.overLogistic > 0.95, "\(shuffled)")
    // Where odds are proportional indeed, hardly anything is lost by not knowing it.
    let proportional = summary(0..<2, differs: 0)
    #expect(proportional.overProportional <= 1.1, "\(proportional)")
    guard Proofs.areAsked else { return }
    let all = [found, summary(0..<20, penalisesFirst: true), shuffled, proportional]
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    let path = Golden.root.appendingPathComponent("Results/grades-simulation.json")
    try (encoder.encode(all) + Data("\n".utf8)).write(to: path)
  }
}
