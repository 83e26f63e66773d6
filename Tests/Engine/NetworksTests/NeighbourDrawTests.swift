import Foundation
import Networks
import Randomness
import TestSupport
import Testing
import Torch

/// Votes of neighbours against a loop that sorts, over many drawn rows.
@Suite("Drawn votes of neighbours")
struct NeighbourDrawTests {
  private func unit(_ row: [Double]) -> [Double] {
    let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? row.map { $0 / length } : row
  }

  private func similarities(_ query: [Double], _ rows: [[Double]]) -> [Double] {
    rows.map { row in zip(unit(row), unit(query)).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// e^{(s − 1) / T} of the k nearest and of those as near as the k-th, by class.
  private func probabilities(
    _ query: [Double], _ rows: [[Double]], _ labels: [Int], classes: Int, k: Int,
    temperature: Double, isBalanced: Bool
  ) -> [Double] {
    let near = similarities(query, rows)
    let count = min(k, rows.count)
    let last = near.sorted(by: >)[count - 1]
    var votes = [Double](repeating: 0, count: classes)
    for (row, similarity) in near.enumerated() where similarity >= last - 1e-9 {
      votes[labels[row]] += exp((similarity - 1) / temperature)
    }
    if isBalanced {
      for c in 0..<classes { votes[c] /= Double(max(labels.count { $0 == c }, 1)) }
    }
    let sum = votes.reduce(0, +)
    return votes.map {
      (Double(count) * $0 / sum + 1 / Double(classes)) / Double(count + 1)
    }
  }

  @Test("are those of the loop", arguments: [false, true]) func loop(isBalanced: Bool) {
    var source = RandomSource(seed: 3)
    for _ in 0..<60 {
      let (count, width) = (1 + source.below(12), 2 + source.below(3))
      let classes = 2 + source.below(3)
      func row() -> [Double] { (0..<width).map { _ in source.normal() } }
      var rows = (0..<count).map { _ in row() }
      // Some rows point where others do, at another length.
      if count > 2 { rows[1] = rows[0].map { $0 * 3 } }
      let labels = (0..<count).map { _ in source.below(classes) }
      let k = 1 + source.below(14)
      let temperature = 0.1 + source.uniform()
      let queries = (0..<3).map { _ in row() }
      let head = NeighbourHead(
        rows: Tensor(rows.flatMap(\.self), shape: [count, width]), labels: labels, classes: classes,
        neighbours: k, temperature: temperature, isBalanced: isBalanced)
      #expect(head.neighbours == min(k, count) && head.classes == classes)
      let found = head(Tensor(queries.flatMap(\.self), shape: [3, width]), Context())
        .to(.float64).exp().scalars(as: Double.self)
      // Rows of one direction may differ in their last digit; whether such a one is the k-th is a matter of rounding.
      let isClose = queries.contains { query in
        let near = similarities(query, rows).sorted(by: >)
        return near.count { $0 >= near[min(k, count) - 1] - 1e-9 } != min(k, count)
      }
      if isClose { continue }
      let expected = queries.flatMap {
        probabilities(
          $0, rows, labels, classes: classes, k: k, temperature: temperature,
          isBalanced: isBalanced)
      }
      let sums = (0..<3).map { query in found[query * classes..<(query + 1) * classes].reduce(0, +)
      }
      #expect(difference(sums, [1, 1, 1], relative: 1e-6) == nil)
      let wrong = difference(found, expected, relative: 1e-5, absolute: 1e-6)
      #expect(wrong == nil, "\(rows) \(labels) k \(k): \(wrong ?? "")")
    }
  }

  /// A row that is added far from all changes nothing while k others are nearer; the same rows twice with 2 k neighbours give the
  /// same votes, but for the shared one.
  @Test func moreRows() {
    let rows = Grid.drawn([6, 3], seed: 1).tensor
    let labels = [0, 1, 2, 0, 1, 2]
    func votes(_ rows: Tensor, _ labels: [Int], k: Int) -> [Double] {
      let head = NeighbourHead(
        rows: rows, labels: labels, classes: 3, neighbours: k, temperature: 0.3, isBalanced: false)
      let p = head(Grid.drawn([4, 3], seed: 2).tensor, Context()).exp().scalars(as: Double.self)
      // p = (k v + 1 / C) / (k + 1), so v = ((k + 1) p − 1 / C) / k.
      return p.map { (Double(head.neighbours + 1) * $0 - 1 / 3.0) / Double(head.neighbours) }
    }
    let plain = votes(rows, labels, k: 3)
    let twice = votes(Tensor.concatenated([rows, rows], dim: 0), labels + labels, k: 6)
    #expect(difference(twice, plain, absolute: 1e-9) == nil)
  }
}
