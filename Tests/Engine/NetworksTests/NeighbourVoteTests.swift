import Foundation
import Networks
import TestSupport
import Testing
import Torch

/// Votes of neighbours by hand: p_c = (k v_c / Σ v + 1 / C) / (k + 1).
@Suite("Votes of neighbours")
struct NeighbourVoteTests {
  private func probabilities(
    _ rows: [[Double]], _ labels: [Int], k: Int, temperature: Double = 0.07, balanced: Bool = false,
    of query: [Double]
  ) -> [Double] {
    let head = NeighbourHead(
      rows: Tensor(rows.flatMap { $0.map { Float($0) } }, shape: [rows.count, 2]), labels: labels,
      classes: 2, neighbours: k, temperature: temperature, isBalanced: balanced)
    return head(Tensor(query.map { Float($0) }, shape: [1, 2]), Context())
      .scalars(as: Double.self).map { exp($0) }
  }

  /// A row far from all: its similarities are −1 and −.6, and e^{−1600} is 0 in any precision. The nearer one votes.
  @Test(arguments: [1e-3, 1e-2, 0.07])
  func aRowFarFromAllHasVotes(temperature: Double) {
    let found = probabilities(
      [[1, 0], [0.6, 0.8]], [0, 1], k: 2, temperature: temperature, of: [-1, 0])
    let share = 1 / (1 + exp(-0.4 / temperature))
    #expect(
      difference(
        found, [(2 * (1 - share) + 0.5) / 3, (2 * share + 0.5) / 3], relative: 1e-3) == nil)
  }

  /// Rows as near as the k-th vote too.
  @Test func equalRowsVoteTogether() {
    let found = probabilities([[1, 0], [1, 0], [0, 1]], [0, 1, 1], k: 1, of: [2, 0])
    #expect(difference(found, [0.5, 0.5], relative: 1e-5) == nil)
  }

  /// Three rows against one in the same place: .7 and .3, and equal once votes are divided by the rows of a class.
  @Test func balancedVotes() {
    let rows = Array(repeating: [3.0, 4], count: 4)
    let plain = probabilities(rows, [0, 0, 0, 1], k: 4, of: [1, 0])
    #expect(difference(plain, [0.7, 0.3], relative: 1e-5) == nil)
    let balanced = probabilities(rows, [0, 0, 0, 1], k: 4, balanced: true, of: [1, 0])
    #expect(difference(balanced, [0.5, 0.5], relative: 1e-5) == nil)
  }

  /// A query without features is equally near to all, and a class without rows has the shared vote alone.
  @Test func emptyQueriesAndClasses() {
    let all = probabilities([[1, 0], [0, 1], [-1, 0]], [0, 1, 1], k: 1, of: [0, 0])
    #expect(difference(all, [(1 / 3.0 + 0.5) / 2, (2 / 3.0 + 0.5) / 2], relative: 1e-5) == nil)
    let one = probabilities([[1, 0], [0, 1]], [0, 0], k: 1, balanced: true, of: [1, 0])
    #expect(difference(one, [0.75, 0.25], relative: 1e-5) == nil)
  }

  /// Lengths of rows and of queries change nothing, nor does the order of the rows.
  @Test func onlyDirectionsCount() {
    let (rows, labels) = ([[1.0, 0.2], [0.4, 1], [-1, 0.3]], [0, 1, 0])
    let found = probabilities(rows, labels, k: 2, of: [1, 1])
    let scaled = probabilities(
      rows.map { $0.map { 50 * $0 } }, labels, k: 2, of: [1e-3, 1e-3])
    let turned = probabilities(rows.reversed(), labels.reversed(), k: 2, of: [1, 1])
    #expect(difference(scaled, found, relative: 1e-4) == nil)
    #expect(difference(turned, found, relative: 1e-4) == nil)
  }
}
