import Networks
import Plans
import Randomness
import Sampling
import TestSupport
import Testing
import Torch

/// Tomek links, SMOTE and boosting under under-sampling, against imbalanced-learn.
@Suite struct ResampledTests {
  struct GoldenFile: Decodable {
    struct Draws: Decodable { var rows: [Int], columns: [Int], shares: [Double] }
    struct Boosted: Decodable { var drawn: [[Int]], logits: [Double], c: Double }
    var features: [Double], labels: [Int], width: Int
    var keptOfAll: [Int], keptOfCommon: [Int]
    var grown: [Double], grownLabels: [Int], keptOfGrown: [Int]
    var nearest: [[Int]], draws: Draws, made: [Double], boosted: Boosted
  }

  private let golden: GoldenFile
  private let key = RandomKey(seed: 1)

  init() throws { golden = try Golden.load("Plans/resampled.json") }

  private func tensor(_ values: [Double]) -> Tensor {
    Tensor(values, shape: [values.count / golden.width, golden.width]).to(.float32)
  }

  private var rows: LabelledFeatures {
    LabelledFeatures(features: tensor(golden.features), labels: golden.labels)
  }

  @Test func linksAreThoseOfImbalancedLearn() {
    let links = TomekLinks(rows.features, rows.labels)
    #expect(links.kept(.both) == golden.keptOfAll)
    #expect(links.kept(.notRarest) == golden.keptOfCommon)
    #expect(TomekLinks(tensor(golden.grown), golden.grownLabels).kept(.both) == golden.keptOfGrown)
  }

  /// Which rows are looked at in full decides nothing: links are those of all nearest rows.
  @Test(arguments: [3, 90]) func noLinkIsLeftOut(width: Int) {
    for seed in 0..<6 {
      var source = RandomKey(seed: UInt64(seed)).folding("links").source
      // Classes that overlap, one of a single row, and copies under other names.
      var labels = (0..<240).map { $0 % 7 % 4 } + [9]
      var values = labels.flatMap { label in
        (0..<width).map { axis in
          source.uniform() + (axis == label ? 0.3 : 0) + (axis > width / 2 ? 5 : 0)
        }
      }
      for copied in [3, 50, 51] {
        values += values[copied * width..<(copied + 1) * width]
        labels.append((labels[copied] + copied) % 4)
      }
      let features = Tensor(values, shape: [labels.count, width]).to(.float32)
      let nearest = NearestRows.find(features, count: 1).map { $0[0] }
      let expected = labels.indices.map {
        labels[nearest[$0]] != labels[$0] && nearest[nearest[$0]] == $0
      }
      #expect(TomekLinks(features, labels).isLinked == expected)
      #expect(expected.contains(true))
    }
  }

  /// Rows of one point, rows too close and rows too far for the squares of single precision.
  @Test(arguments: [0, 1e-25, 1e20]) func linksOfAnySize(scale: Double) {
    let features = Tensor([0, 1, 10, 11.5, 30, 33], shape: [6, 1]).to(.float64) * scale
    let linked =
      scale == 0 ? [true, true, false, false, false, false] : [Bool](repeating: true, count: 6)
    #expect(TomekLinks(features, [0, 1, 0, 1, 0, 1]).isLinked == linked)
  }

  /// Links come in pairs, none inside a class, and a set of one class has none.
  @Test func linksAreMutual() {
    let links = TomekLinks(rows.features, rows.labels)
    #expect(links.isLinked.count { $0 } % 2 == 0 && links.isLinked.contains(true))
    let alike = TomekLinks(rows.features, rows.labels.map { _ in 0 })
    #expect(alike.kept(.both) == Array(rows.labels.indices))
    #expect(
      TomekLinks(tensor(Array(golden.features.prefix(golden.width))), [0]).isLinked == [false])
  }

  /// Of more rows than a block, and of their nearest several, as a search of all pairs has them.
  @Test func nearestRowsInBlocks() {
    var source = key.source
    let values = (0..<1100 * 2).map { _ in source.normal() }
    let found = NearestRows.find(Tensor(values, shape: [1100, 2]), count: 3)
    for row in [0, 511, 512, 1099] {
      let distances = (0..<1100).map { other -> Double in
        let (a, b) = (
          values[2 * other] - values[2 * row], values[2 * other + 1] - values[2 * row + 1]
        )
        return other == row ? .infinity : a * a + b * b
      }
      #expect(
        found[row] == Array(distances.indices.sorted { distances[$0] < distances[$1] }.prefix(3)))
    }
  }

  @Test func madeRowsAreThoseOfImbalancedLearn() {
    let rare = golden.labels.indices.filter { golden.labels[$0] == 2 }
    let own = rows.features.indexSelect(dim: 0, Tensor(rare.map(Int64.init), shape: [rare.count]))
    #expect(NearestRows.find(own, count: 3) == golden.nearest)
    let draws = golden.draws.rows.indices.map { number in
      let row = golden.draws.rows[number]
      return SMOTE.Draw(
        row: rare[row], towards: rare[golden.nearest[row][golden.draws.columns[number]]],
        share: golden.draws.shares[number])
    }
    let grown = SMOTE.grown(rows, by: draws)
    #expect(grown.labels == golden.labels + [2, 2, 2])
    let made = grown.features.narrowed(dim: 0, start: golden.labels.count, length: 3)
      .scalars(as: Double.self)
    #expect(difference(made, golden.made, relative: 1e-5, absolute: 1e-6) == nil)
  }

  /// Every class as large as the commonest, each made row between a row and one of its k nearest; the same key the same.
  @Test func classesBecomeEqual() {
    let draws = SMOTE(neighbours: 2).draws(rows, classes: 3, key: key)
    let grown = SMOTE.grown(rows, by: draws)
    #expect((0..<3).map { c in grown.labels.count { $0 == c } } == [40, 40, 40])
    for draw in draws {
      let own = golden.labels.indices.filter { golden.labels[$0] == golden.labels[draw.row] }
      #expect(
        draw.towards != draw.row && own.contains(draw.towards) && (0..<1).contains(draw.share))
      func distance(_ other: Int) -> Double {
        (0..<golden.width).reduce(0) { sum, d in
          let gap =
            golden.features[other * golden.width + d] - golden.features[draw.row * golden.width + d]
          return sum + gap * gap
        }
      }
      let nearer = own.filter { $0 != draw.row && distance($0) < distance(draw.towards) }
      #expect(nearer.count < 2)
    }
    #expect(draws == SMOTE(neighbours: 2).draws(rows, classes: 3, key: key))
    #expect(draws != SMOTE(neighbours: 2).draws(rows, classes: 3, key: RandomKey(seed: 2)))
  }

  /// A class of one row stays as it is, and so does a balanced set.
  @Test func whatCannotGrowStays() {
    let lonely = LabelledFeatures(
      features: tensor(Array(golden.features.prefix(4 * golden.width))), labels: [0, 0, 0, 1])
    #expect(SMOTE().draws(lonely, classes: 2, key: key).isEmpty)
    let even = LabelledFeatures(features: lonely.features, labels: [0, 0, 1, 1])
    #expect(SMOTE().draws(even, classes: 2, key: key).isEmpty)
  }

  /// Members on the rows that it drew, weighed as it weighs them: the mean of their centred logits.
  @Test func boostingIsThatOfImbalancedLearn() {
    let ensemble = BalancedEnsemble(
      members: golden.boosted.drawn.count, fit: LogisticRegression(c: golden.boosted.c), boosts: 1)
    let found = ensemble.fitted(rows, 3, key, progress: { _, _ in }) { golden.boosted.drawn[$0] }
    let logits = withoutGradients { rows.features.linear(found.weight, found.bias) }
    let centred = (logits - logits.mean(dims: [1], keepDims: true)).scalars(as: Double.self)
    #expect(difference(centred, golden.boosted.logits, relative: 2e-4, absolute: 2e-4) == nil)
    // Without boosting the same draws come to something else.
    var plain = ensemble
    plain.boosts = nil
    let other = plain.fitted(rows, 3, key, progress: { _, _ in }) { golden.boosted.drawn[$0] }
    #expect(
      difference(
        other.bias.scalars(as: Double.self), found.bias.scalars(as: Double.self), absolute: 0.01)
        != nil)
  }

  /// By hand, two classes: ln p of the own class less that of the other, halved.
  @Test func weightsFollowTheMistakes() {
    var boosting = RealBoosting(count: 2, rate: 1)
    // p = (.75, .25) of both rows; the second is of the other class.
    let logits = Tensor([3.0, 1, 3, 1], shape: [2, 2]).log()
    let goesOn = boosting.follow(logits, [0, 1])
    let (right, wrong) = (1 / 3.0.squareRoot(), 3.0.squareRoot())
    #expect(goesOn)
    #expect(
      difference(
        boosting.weights, [right / (right + wrong), wrong / (right + wrong)], relative: 1e-9) == nil
    )
    let before = boosting.weights
    #expect(!boosting.follow(logits, [0, 0]) && boosting.weights == before)
  }

  /// Rows of common classes in links are never drawn where links are cleaned; a set without links is as before.
  @Test func cleanedDraws() {
    let plain = BalancedEnsemble(members: 2, least: 100, fit: LogisticRegression(c: 1))
    var cleaned = plain
    cleaned.cleans = true
    let kept = rows.labels.indices.filter { golden.keptOfCommon.contains($0) }
    let expected = plain.fitted(rows, 3, key, progress: { _, _ in }) { _ in kept }
    let found = cleaned(rows, classes: 3, key: key)
    #expect(
      difference(
        found.weight.scalars(as: Double.self), expected.weight.scalars(as: Double.self),
        relative: 1e-5, absolute: 1e-6) == nil)
  }

  /// What is fitted is a regression on the cleaned rows; the rare class gains over one on the rows as they are.
  @Test func theWholeOfIt() throws {
    let method = CleanedSMOTE(smote: SMOTE(neighbours: 3), fit: LogisticRegression(c: 1))
    let cleaned = method.rows(rows, classes: 3, key: key)
    #expect(TomekLinks(cleaned.features, cleaned.labels).isLinked.count == cleaned.labels.count)
    #expect(cleaned.labels.count <= 120 && cleaned.labels.count > 100)
    func rare(_ solution: LogisticRegression.Solution) -> Double {
      withoutGradients {
        rows.features.linear(solution.weight, solution.bias).softmax(dim: 1).mean(dims: [0])
      }.scalars(as: Double.self)[2]
    }
    let plain = LogisticRegression(c: 1)(rows, classes: 3, key: key)
    #expect(rare(method(rows, classes: 3, key: key)) > rare(plain) + 0.02)
    let chosen = CleanedSMOTE()(rows, classes: 3, key: key)
    #expect(chosen.c == LogisticRegression()(rows, classes: 3, key: key).c && !chosen.tried.isEmpty)
  }

  /// Weights of rows are as copies of them, but for the scale of the penalty.
  @Test func weightedRowsAreCopies() {
    let doubled = LabelledFeatures(
      features: .concatenated([rows.features, rows.features], dim: 0),
      labels: golden.labels + golden.labels)
    let twice = LogisticRegression(c: 1)(
      rows, classes: 3, key: key, weights: golden.labels.map { _ in 2 })
    let copies = LogisticRegression(c: 1)(doubled, classes: 3, key: key)
    #expect(
      difference(
        twice.weight.scalars(as: Double.self), copies.weight.scalars(as: Double.self),
        relative: 1e-3, absolute: 1e-4) == nil)
  }
}
