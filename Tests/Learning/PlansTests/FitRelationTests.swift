import Foundation
import Plans
import Randomness
import TestSupport
import Testing
import Torch

/// What a logistic regression must keep whatever the data: its order of rows, columns and classes, its units, and what holds
/// at every minimum.
@Suite("Relations of fits")
struct FitRelationTests {
  private struct Rows {
    var features: [[Double]]
    var labels: [Int]

    var labelled: LabelledFeatures {
      LabelledFeatures(
        features: Tensor(
          features.flatMap { $0.map { Float($0) } }, shape: [labels.count, features[0].count]),
        labels: labels)
    }
  }

  private let key = RandomKey(seed: 21)

  /// Rows of three classes about centres of their own, of 30, 12 and 6; halves and quarters alone, which float32 holds.
  private func drawn(seed: UInt64, width: Int = 3) -> Rows {
    var source = RandomKey(seed: seed).source
    var rows = Rows(features: [], labels: [])
    for (label, count) in [30, 12, 6].enumerated() {
      for _ in 0..<count {
        rows.features.append(
          (0..<width).map { feature in
            let centre = feature % 3 == label ? 1.5 : 0
            return ((centre + source.normal()) * 8).rounded() / 8
          })
        rows.labels.append(label)
      }
    }
    return rows
  }

  private func fit(_ rows: Rows, c: Double = 0.5, balanced: Bool = false)
    -> LogisticRegression.Solution
  {
    LogisticRegression(c: c, isBalanced: balanced)(rows.labelled, classes: 3, key: key)
  }

  /// Logits of each row, less their mean, `[N][3]`.
  private func logits(_ solution: LogisticRegression.Solution, _ rows: Rows) -> [[Double]] {
    let (w, b) = (
      solution.weight.scalars(as: Double.self), solution.bias.scalars(as: Double.self)
    )
    return rows.features.map { x in
      let z = (0..<3).map { k in
        b[k] + x.enumerated().reduce(0.0) { $0 + w[k * x.count + $1.offset] * $1.element }
      }
      let mean = z.reduce(0, +) / 3
      return z.map { $0 - mean }
    }
  }

  private func probabilities(_ z: [Double]) -> [Double] {
    let e = z.map { exp($0) }
    return e.map { $0 / e.reduce(0, +) }
  }

  private func same(_ a: [[Double]], _ b: [[Double]], _ words: String = "") {
    #expect(
      difference(a.flatMap(\.self), b.flatMap(\.self), relative: 2e-3, absolute: 2e-3) == nil,
      "\(words)")
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func orderOfRows(seed: UInt64) {
    let rows = drawn(seed: seed)
    var source = RandomKey(seed: seed).folding("order").source
    let order = source.shuffle(rows.labels.count)
    let moved = Rows(
      features: order.map { rows.features[$0] }, labels: order.map { rows.labels[$0] })
    let (one, other) = (fit(rows), fit(moved))
    #expect(close(one.objective, other.objective, relative: 1e-6))
    same(order.map { logits(one, rows)[$0] }, logits(other, moved))
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func orderOfColumns(seed: UInt64) {
    let (rows, order) = (drawn(seed: seed), [2, 0, 1])
    let moved = Rows(features: rows.features.map { x in order.map { x[$0] } }, labels: rows.labels)
    let (one, other) = (fit(rows), fit(moved))
    #expect(close(one.objective, other.objective, relative: 1e-6))
    same(logits(one, rows), logits(other, moved))
  }

  @Test(arguments: [[1, 2, 0], [2, 1, 0], [0, 2, 1]])
  func orderOfClasses(order: [Int]) {
    let rows = drawn(seed: 4)
    let renamed = Rows(features: rows.features, labels: rows.labels.map { order[$0] })
    for balanced in [false, true] {
      let (one, other) = (fit(rows, balanced: balanced), fit(renamed, balanced: balanced))
      #expect(close(one.objective, other.objective, relative: 1e-6))
      let found = logits(other, renamed).map { z in order.map { z[$0] } }
      same(logits(one, rows), found, "\(balanced)")
    }
  }

  /// Features are measured in their own means and deviations: other units and other zeros change no answer.
  @Test(
    arguments: [(2, 0), (-0.5, 0), (1, 4), (64, -8), (0.0625, 1)] as [(Double, Double)])
  func unitsOfFeatures(scale: Double, shift: Double) {
    let rows = drawn(seed: 5)
    let moved = Rows(
      features: rows.features.map { $0.map { scale * $0 + shift } }, labels: rows.labels)
    let (one, other) = (fit(rows), fit(moved))
    #expect(close(one.objective, other.objective, relative: 1e-5))
    same(logits(one, rows), logits(other, moved))
  }

  /// A column that never varies is of no use, whatever it holds, and gets no weight.
  @Test(arguments: [0.0, 1, -1000, 1e6])
  func constantColumns(value: Double) {
    let rows = drawn(seed: 6)
    let wider = Rows(features: rows.features.map { $0 + [value] }, labels: rows.labels)
    let (one, other) = (fit(rows), fit(wider))
    #expect(close(one.objective, other.objective, relative: 1e-5))
    let weights = other.weight.scalars(as: Double.self)
    #expect((0..<3).allSatisfy { abs(weights[4 * $0 + 3]) < 1e-6 }, "\(weights)")
    same(logits(one, rows), logits(other, wider))
  }

  /// Biases are free, so that at the minimum the mean probability of a class is its share, at every C; with balanced
  /// weights it is a third.
  @Test(arguments: [1e-4, 0.01, 0.5, 10])
  func meansAreShares(c: Double) {
    let rows = drawn(seed: 7)
    let plain = logits(fit(rows, c: c), rows).map(probabilities)
    let shares = (0..<3).map { k in plain.reduce(0.0) { $0 + $1[k] } / 48 }
    #expect(difference(shares, [30.0 / 48, 12.0 / 48, 6.0 / 48], absolute: 1e-3) == nil)
    let balanced = logits(fit(rows, c: c, balanced: true), rows).map(probabilities)
    let weights = rows.labels.map { 48 / (3 * [30.0, 12, 6][$0]) }
    let even = (0..<3).map { k in
      zip(balanced, weights).reduce(0.0) { $0 + $1.0[k] * $1.1 } / 48
    }
    #expect(difference(even, [1.0 / 3, 1.0 / 3, 1.0 / 3], absolute: 1e-3) == nil)
  }

  /// A strong penalty leaves the shares of the classes, a weaker one fits better and has longer weights.
  @Test func alongThePenalty() {
    let rows = drawn(seed: 8)
    let path = [1e-8, 1e-4, 0.01, 0.1, 1, 10].map { fit(rows, c: $0) }
    let lengths = path.map { $0.weight.scalars(as: Double.self).reduce(0) { $0 + $1 * $1 } }
    let losses = path.map { solution in
      zip(logits(solution, rows), rows.labels).reduce(0.0) {
        $0 - log(probabilities($1.0)[$1.1])
      }
    }
    #expect(lengths[0] < 1e-9)
    for (before, after) in zip(lengths, lengths.dropFirst()) { #expect(after > before) }
    for (before, after) in zip(losses, losses.dropFirst()) { #expect(after < before + 1e-6) }
    let p = probabilities(logits(path[0], rows)[0])
    #expect(difference(p, [0.625, 0.25, 0.125], absolute: 1e-4) == nil)
  }

  /// Weights of rows matter by their ratios and by what they come to: k of each is k copies, and k C of one.
  @Test(arguments: [2.0, 5])
  func weightsOfAll(k: Double) {
    let rows = drawn(seed: 9)
    let weights = rows.labels.map { _ in k }
    let heavy = LogisticRegression(c: 0.2)(
      rows.labelled, classes: 3, key: key, weights: weights)
    let loose = fit(rows, c: 0.2 * k)
    #expect(close(heavy.objective, loose.objective, relative: 1e-5))
    same(logits(heavy, rows), logits(loose, rows))
  }

  /// A row of weight 0 is none.
  @Test func rowsWithoutWeight() {
    let rows = drawn(seed: 10)
    // The same means and deviations of the columns: the rows stay there, each beside its copy of another label.
    let doubled = Rows(
      features: rows.features + rows.features,
      labels: rows.labels + rows.labels.map { ($0 + 1) % 3 })
    let weights = rows.labels.map { _ in 1.0 } + rows.labels.map { _ in 0.0 }
    let found = LogisticRegression(c: 0.5)(
      doubled.labelled, classes: 3, key: key, weights: weights)
    same(logits(found, rows), logits(fit(rows, c: 0.5), rows))
  }

  /// Boosting looks at differences of logits: a constant in a row, and other names of the classes, change no weight.
  @Test func boostingKnowsNoConstants() {
    var source = RandomKey(seed: 31).source
    let labels = (0..<20).map { $0 % 4 }
    let z = labels.map { _ in (0..<4).map { _ in 2 * source.normal() } }
    func weights(_ z: [[Double]], _ labels: [Int]) -> [Double] {
      var boosting = RealBoosting(count: labels.count, rate: 0.7)
      _ = boosting.follow(Tensor(z.flatMap(\.self), shape: [labels.count, 4]), labels)
      return boosting.weights
    }
    let plain = weights(z, labels)
    #expect(close(plain.reduce(0, +), 1))
    let shifted = z.enumerated().map { row, z in z.map { $0 + Double(row) - 7 } }
    #expect(difference(weights(shifted, labels), plain, relative: 1e-9) == nil)
    let order = [3, 1, 0, 2]
    let renamed = z.map { z in order.map { z[$0] } }
    let found = weights(renamed, labels.map { label in order.firstIndex(of: label) ?? -1 })
    #expect(difference(found, plain, relative: 1e-9) == nil)
    // By the formula: w ∝ exp(−η (K−1)/K Σ_k y_k ln p_k).
    let raw = zip(z, labels).map { z, label -> Double in
      let e = z.map { exp($0) }
      let p = e.map { log($0 / e.reduce(0, +)) }
      let others = p.enumerated().reduce(0.0) { $0 + ($1.offset == label ? 0 : $1.element) }
      return exp(-0.7 * 0.75 * (p[label] - others / 3))
    }
    let total = raw.reduce(0, +)
    #expect(difference(plain, raw.map { $0 / total }, relative: 1e-9) == nil)
  }

  /// Certainty that no number can hold stays a number: weights are finite, sum to 1, and those who were wrong have them.
  @Test func boostingOfTheCertain() {
    var boosting = RealBoosting(count: 4)
    let goesOn = boosting.follow(
      Tensor([1e4, -1e4, 1e4, -1e4, -1e4, 1e4, 1e4, -1e4], shape: [4, 2]), [0, 0, 1, 1])
    #expect(goesOn)
    let weights = boosting.weights
    #expect(weights.allSatisfy { $0.isFinite && $0 >= 0 } && close(weights.reduce(0, +), 1))
    #expect(close(weights[3], 1, absolute: 1e-6))
  }
}
