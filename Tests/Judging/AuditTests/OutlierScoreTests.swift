import Audit
import Randomness
import TestSupport
import Testing

/// Neighbours and the scores of outliers beside scikit-learn's.
@Suite struct OutlierScoreTests {
  private struct Golden: Decodable {
    let width, count: Int
    let features: [Float]
    let given, rows: [Int32]
    let distances: [Double]
    let outliers: [String: [Double]]
    let agreeing: [String: [Int]]
  }

  private func golden() throws -> Golden {
    try TestSupport.Golden.load("Audit/neighbours.json", as: Golden.self)
  }

  private func similar(
    _ golden: Golden, to neighbours: Int, rounds: Int = 21, seed: UInt64 = 1
  ) throws -> SimiFeat {
    let near = try Neighbours(of: golden.features, width: golden.width, count: golden.count)
    return SimiFeat(
      near, given: golden.given, classes: 3, neighbours: neighbours, rounds: rounds,
      key: RandomKey(seed: seed))
  }

  /// The same rows in the same order at the same distances.
  @Test func neighboursAreThoseOfScikitLearn() throws {
    let golden = try golden()
    let near = try Neighbours(of: golden.features, width: golden.width, count: golden.count)
    #expect(near.rows == golden.rows)
    #expect(difference(near.distances, golden.distances, relative: 0, absolute: 2e-6) == nil)
  }

  /// 2 / (1 + e^−d̄) − 1 of the k − 1 others, row by row, and how many of k share the label, the row itself among them.
  @Test(arguments: [4, 10]) func scoresAreThoseOfNumPy(neighbours: Int) throws {
    let golden = try golden()
    let found = try similar(golden, to: neighbours)
    #expect(found.neighbours == neighbours)
    let scores = try #require(golden.outliers["\(neighbours)"])
    #expect(difference(found.outlierScores, scores, relative: 0, absolute: 2e-6) == nil)
    #expect(found.outlierScores.indices.map(found.agreeing) == golden.agreeing["\(neighbours)"])
    // The rare pair and the row that is far from all, which are the last three, score highest.
    let order = scores.indices.sorted { found.outlierScores[$0] > found.outlierScores[$1] }
    #expect(neighbours < 10 || Set(order.prefix(3)) == Set(scores.indices.suffix(3)))
  }

  /// What the rounds draw has no part in the score.
  @Test func scoresDependOnNoDraw() throws {
    let golden = try golden()
    let one = try similar(golden, to: 10, rounds: 1, seed: 1).outlierScores
    #expect(try one == similar(golden, to: 10, rounds: 21, seed: 2).outlierScores)
  }

  /// A row that no round draws has nothing said against its label. Of 45 rows, one round leaves some out.
  @Test func aRowThatIsNeverDrawnIsNotSuspected() throws {
    let golden = try golden()
    let found = try similar(golden, to: 10, rounds: 1)
    var source = RandomKey(seed: 1).folding(0).source
    let undrawn = golden.given.indices.filter { _ in source.uniform() >= 0.9 }
    #expect(!undrawn.isEmpty)
    for row in undrawn {
      #expect(found.votes[row] == 1 && found.suggested[row] == golden.given[row])
      #expect(!found.isOutvoted[row] && !found.isLowRanked[row])
    }
  }
}
