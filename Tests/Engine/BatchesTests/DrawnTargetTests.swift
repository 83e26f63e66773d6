import Batches
import Randomness
import TestSupport
import Testing
import Torch

/// Targets as the matrices that they add up to: every change of a target is that change of its matrix.
@Suite("Targets as matrices")
struct DrawnTargetTests {
  private let classes = 4

  /// Rows of one to three labellings, some of which are unknown, and their matrix.
  private func drawn(_ rows: Int, _ source: inout RandomSource) -> (Target, [[Double]]) {
    var matrix = Array(repeating: [Double](repeating: 0, count: classes), count: rows)
    let labels = (0..<rows).map { _ -> Int? in
      source.below(5) == 0 ? nil : source.below(classes)
    }
    var target = Target(known: labels)
    for (row, label) in labels.enumerated() { if let label { matrix[row][label] = 1 } }
    for _ in 0..<source.below(3) {
      let others = (0..<rows).map { _ in source.below(classes) }
      let λ = Double(source.below(9)) / 8
      target = target.mixed(with: Target(others), weight: λ)
      for row in 0..<rows {
        matrix[row] = matrix[row].map { $0 * (1 - λ) }
        matrix[row][others[row]] += λ
      }
    }
    return (target, matrix)
  }

  private func agrees(_ target: Target, _ matrix: [[Double]]) -> Bool {
    let rows = target.dense(classes: classes)
    let sums = (0..<classes).map { c in matrix.reduce(0) { $0 + $1[c] } }
    return target.count == matrix.count && rows.shape == [matrix.count, classes]
      && difference(rows.scalars(as: Double.self), matrix.flatMap(\.self), absolute: 1e-6) == nil
      && difference(target.massPerClass(classes), sums, absolute: 1e-5) == nil
      && target.known == matrix.map { $0.contains { $0 > 0 } }
  }

  private func blended(_ a: [[Double]], _ b: [[Double]], own: [Double]) -> [[Double]] {
    var result = a
    for row in a.indices {
      for c in 0..<classes { result[row][c] = own[row] * a[row][c] + (1 - own[row]) * b[row][c] }
    }
    return result
  }

  @Test func everyChange() {
    var source = RandomSource(seed: 7)
    for _ in 0..<200 {
      let rows = 1 + source.below(5)
      let (first, a) = drawn(rows, &source)
      let (second, b) = drawn(rows, &source)
      #expect(agrees(first, a) && agrees(second, b))
      let λ = Double(source.below(17)) / 16
      #expect(
        agrees(
          first.mixed(with: second, weight: λ),
          blended(a, b, own: Array(repeating: 1 - λ, count: rows))))
      let own: [Double] = (0..<rows).map { _ in Double(source.below(5)) / 4 }
      #expect(agrees(first.mixed(with: second, own: own), blended(a, b, own: own)))
      let weights: [Double] = (0..<classes).map { _ in Double(1 + source.below(8)) / 4 }
      var weighted = a
      for row in 0..<rows {
        for c in 0..<classes { weighted[row][c] *= weights[c] }
      }
      #expect(agrees(first.weighted(by: weights), weighted))
      let order = (0..<1 + source.below(8)).map { _ in source.below(rows) }
      #expect(agrees(first.reordered(order), order.map { a[$0] }))
    }
  }

  /// What is put in another order and mixed is what is mixed and put in another order.
  @Test func changesCommute() {
    var source = RandomSource(seed: 8)
    for _ in 0..<50 {
      let (first, _) = drawn(5, &source)
      let (second, _) = drawn(5, &source)
      let order = source.shuffle(5)
      let weights = [0.5, 2, 1, 0]
      #expect(
        first.mixed(with: second, weight: 0.25).reordered(order)
          == first.reordered(order).mixed(with: second.reordered(order), weight: 0.25))
      #expect(
        first.weighted(by: weights).reordered(order)
          == first.reordered(order).weighted(by: weights))
    }
  }

  /// Entries, too: weights and weighted values of a mixture are the mixtures of weights and weighted values.
  @Test func entries() throws {
    var source = RandomSource(seed: 9)
    func drawn() -> Target {
      Target(
        Target.Entries(
          (0..<12).map { _ -> Float? in
            source.below(3) == 0 ? nil : Float(source.below(9)) - 4
          }, width: 3))
    }
    func sums(_ target: Target) throws -> (weights: [Double], values: [Double]) {
      let entries = try #require(target.entries)
      let weights = entries.weights.map(Double.init)
      return (weights, zip(weights, entries.values).map { $0 * Double($1) })
    }
    for _ in 0..<100 {
      let (a, b, c) = (drawn(), drawn(), drawn())
      let (λ, μ) = (Double(source.below(9)) / 8, Double(source.below(9)) / 8)
      let mixed = a.mixed(with: b, weight: λ).mixed(with: c, weight: μ)
      let (x, y, z, found) = (try sums(a), try sums(b), try sums(c), try sums(mixed))
      for place in 0..<12 {
        func blend(_ values: (Double, Double, Double)) -> Double {
          (1 - μ) * ((1 - λ) * values.0 + λ * values.1) + μ * values.2
        }
        #expect(
          close(
            found.weights[place], blend((x.weights[place], y.weights[place], z.weights[place])),
            absolute: 1e-6))
        #expect(
          close(
            found.values[place], blend((x.values[place], y.values[place], z.values[place])),
            absolute: 1e-5))
      }
      let entries = try #require(mixed.entries)
      #expect(
        entries.mass.count == 3
          && difference(
            entries.mass,
            (0..<3).map { l in (0..<4).reduce(0) { $0 + found.values[$1 * 3 + l] } },
            absolute: 1e-5) == nil
      )
      #expect(
        entries.known
          == (0..<4).map { row in
            (0..<3).contains { found.weights[row * 3 + $0] > 0 }
          })
      #expect(zip(entries.weights, entries.values).allSatisfy { $0 > 0 || $1 == 0 })
    }
  }
}
