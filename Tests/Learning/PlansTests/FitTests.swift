import Foundation
import Networks
import Plans
import Randomness
import Sampling
import TestSupport
import Testing
import Torch

/// Heads that are fitted and not trained, against scikit-learn.
@Suite struct FitTests {
  struct Fits: Decodable {
    struct Logistic: Decodable {
      var c: Double, balanced: Bool, objective: Double, logits: [Double]
    }
    struct Neighbours: Decodable {
      var k: Int, temperature: Double, balanced: Bool, logits: [Double]
    }
    var features: [Double], labels: [Int], width: Int, directions: [Double], queries: [Double]
    var logistic: [Logistic], neighbours: [Neighbours]

    var near: Tensor { Tensor(directions, shape: [labels.count, width]).to(.float32) }

    var rows: LabelledFeatures {
      LabelledFeatures(
        features: Tensor(features, shape: [labels.count, width]).to(.float32), labels: labels)
    }
  }

  struct Tools: EditTools {
    var rows: LabelledFeatures
    var classes: ClassCounts
    var generator: Generator { Generator(seed: 4) }
    func trainingFeatures() -> LabelledFeatures { rows }
    func validationFeatures() -> LabelledFeatures? { nil }
  }

  private let golden: Fits
  private let key = RandomKey(seed: 1)

  init() throws { golden = try Golden.load("Plans/fits.json", as: Fits.self) }

  /// Rosenbrock's valley, whose minimum is 0 at (1, 1).
  @Test func theMinimumOfAValley() {
    let end = LBFGS().minimum(from: Tensor([-1.2, 1], shape: [2])) { x in
      let p = x.scalars(as: Double.self)
      let (a, b) = (1 - p[0], p[1] - p[0] * p[0])
      return (a * a + 100 * b * b, Tensor([-2 * a - 400 * p[0] * b, 200 * b], shape: [2]))
    }
    #expect(end.isConverged && end.iterations < 100)
    #expect(difference(end.point.scalars(as: Double.self), [1, 1], absolute: 1e-6) == nil)
  }

  /// A quadratic of which one axis bends a million times as much as another takes a step where its curvature is known.
  @Test func aKnownCurvatureSavesSteps() {
    let bends = Tensor((0..<30).map { pow(10, Double($0) / 5) }, shape: [30])
    func end(_ curvature: ((Tensor) -> Tensor)?) -> LBFGS.Outcome {
      LBFGS().minimum(from: Tensor.ones([30], dtype: .float64), curvature: curvature) { x in
        ((x * x * bends).sum().item() / 2, x * bends)
      }
    }
    let (plain, known) = (end(nil), end { $0 / bends })
    #expect(known.isConverged)
    #expect(known.iterations <= 2 && plain.iterations > 30)
    #expect(known.point.abs().amax().item() < 1e-6)
    var rough = LBFGS()
    rough.leastGain = 1e-2
    let early = rough.minimum(from: Tensor.ones([30], dtype: .float64)) { x in
      ((x * x * bends).sum().item() / 2, x * bends)
    }
    #expect(early.isConverged && early.iterations < plain.iterations)
  }

  /// Features that vary along few directions, as a network's do: the fit ends at its optimum, whose gradient is checked by
  /// hand.
  @Test func featuresOfFewDirections() {
    var source = RandomKey(seed: 6).source
    let (rows, width) = (300, 24)
    let mixing = (0..<width * width).map { place in
      source.normal() * pow(10, -Double(place / width) / 8)
    }
    let hidden = (0..<rows * width).map { _ in source.normal() }
    let features = Tensor(hidden, shape: [rows, width]).matmul(
      Tensor(mixing, shape: [width, width])
    ).to(.float32)
    let labels = (0..<rows).map { row in hidden[row * width] + source.normal() > 0 ? 1 : 0 }
    let found = LogisticRegression(c: 10)(
      LabelledFeatures(features: features, labels: labels), classes: 2, key: key)
    #expect(found.isConverged)
    // Of the objective in W: Σ (p − y) x / N + W / (C N), in units of the deviation.
    let x = features.to(.float64)
    let std = x.variance(dims: [0], unbiased: false, keepDims: true).sqrt()
    let (weight, bias) = (found.weight.to(.float64), found.bias.to(.float64))
    let p = x.linear(weight, bias).softmax(dim: 1)
    let y = Tensor(labels.map(Int64.init), shape: [rows]).oneHot(classes: 2).to(.float64)
    let centred = x - x.mean(dims: [0], keepDims: true)
    let pull = (p - y).transposed(0, 1).matmul(centred / std) / Double(rows)
    let gradient = pull + weight * std * (1 / (10 * Double(rows)))
    #expect(gradient.abs().amax().item() < 1e-5)
    #expect(pull.abs().amax().item() > 1e-4)
  }

  private struct Stopped: Error {}

  /// Every fit is told as it goes, and throwing ends it there.
  @Test func aFitTellsHowFarItIsAndStops() throws {
    var told: [Int] = []
    let found = LogisticRegression()(golden.rows, classes: 3, key: key) { done, count in
      #expect(count == 11 * 5 + 1 && done < count)
      told.append(done)
    }
    #expect(told.first == 0 && told.last == 55 && told == told.sorted())
    #expect(Set(told).count == found.tried.count * 5 + 1)
    var calls = 0
    func stop(_ done: Int, _ count: Int) throws {
      calls += 1
      if calls == 30 { throw Stopped() }
    }
    #expect(throws: Stopped.self) {
      try LogisticRegression()(golden.rows, classes: 3, key: key, progress: stop)
    }
    #expect(calls == 30)
    calls = 0
    #expect(throws: Stopped.self) {
      try BalancedEnsemble()(golden.rows, classes: 3, key: key, progress: stop)
    }
    #expect(calls == 30)
  }

  /// Objective and logits at scikit-learn's optimum.
  @Test(arguments: 0..<3)
  func logisticAsScikitLearn(number: Int) throws {
    let expected = golden.logistic[number]
    let fit = LogisticRegression(c: expected.c, isBalanced: expected.balanced)
    let found = fit(golden.rows, classes: 3, key: key)
    #expect(found.isConverged && found.tried.isEmpty)
    #expect(close(found.objective, expected.objective, relative: 1e-7))
    let logits = withoutGradients {
      golden.rows.features.narrowed(dim: 0, start: 0, length: 7)
        .linear(found.weight, found.bias)
    }
    // scikit-learn's rows of logits sum to 0, and so do these but for a constant of the row.
    let centred = (logits - logits.mean(dims: [1], keepDims: true)).scalars(as: Double.self)
    #expect(difference(centred, expected.logits, relative: 1e-4, absolute: 1e-4) == nil)
  }

  @Test(arguments: 0..<4)
  func neighboursAsScikitLearn(number: Int) throws {
    let expected = golden.neighbours[number]
    let head = NeighbourHead(
      rows: golden.near, labels: golden.labels, classes: 3, neighbours: expected.k,
      temperature: expected.temperature, isBalanced: expected.balanced)
    let queries = Tensor(golden.queries, shape: [9, golden.width]).to(.float32)
    let found = head(queries, Context()).scalars(as: Double.self)
    #expect(difference(found, expected.logits, relative: 1e-4, absolute: 1e-4) == nil)
    #expect(
      head.form
        == .neighbours(
          expected.k, of: 60, temperature: expected.temperature, isBalanced: expected.balanced))
  }

  /// One neighbour of the training rows themselves is the row's own label; all at no temperature are the shares.
  @Test func limitsOfNeighbours() {
    let x = golden.near
    let one = NeighbourHead(
      rows: x, labels: golden.labels, classes: 3, neighbours: 1, temperature: 0.07,
      isBalanced: false)
    let decided = one(x, Context()).argmax(dim: 1).scalars(as: Int64.self).map(Int.init)
    #expect(decided == golden.labels)
    let all = NeighbourHead(
      rows: x, labels: golden.labels, classes: 3, neighbours: 1000, temperature: 1e9,
      isBalanced: false)
    let p = all(x.narrowed(dim: 0, start: 0, length: 1), Context()).exp().scalars(as: Double.self)
    let expected = [40.0, 15, 5].map { (60 * $0 / 60 + 1.0 / 3) / 61 }
    #expect(difference(p, expected, relative: 1e-5) == nil)
  }

  /// What is chosen is what the held-out rows are likeliest under; the path ends two values past it.
  @Test func thePenaltyIsChosenOnHeldOutRows() {
    let found = LogisticRegression()(golden.rows, classes: 3, key: key)
    let best = found.tried.min { $0.loss < $1.loss }
    #expect(found.c == best?.c && found.tried.count >= 3)
    #expect(found.tried.map(\.c) == Array(LogisticRegression.path.prefix(found.tried.count)))
    let again = LogisticRegression()(golden.rows, classes: 3, key: key)
    #expect(again.weight.scalars(as: Float.self) == found.weight.scalars(as: Float.self))
    #expect(
      LogisticRegression(c: found.c)(golden.rows, classes: 3, key: key)
        .weight.scalars(as: Float.self) == found.weight.scalars(as: Float.self))
  }

  /// Copies of a row in one group are held out together: without the group they would give each other away, and the
  /// penalty would be too weak.
  @Test func groupsAreHeldOutTogether() {
    var source = RandomKey(seed: 9).source
    let noise = (0..<24).map { _ in (0..<6).map { _ in Float(source.normal()) } }
    let labels = (0..<24).map { $0 % 2 }
    let copies = (0..<24).flatMap { [$0, $0, $0, $0] }
    let features = Tensor(copies.flatMap { noise[$0] }, shape: [96, 6])
    func chosen(_ groups: [String]?) -> LogisticRegression.Solution {
      LogisticRegression()(
        LabelledFeatures(
          features: features, labels: copies.map { labels[$0] }, groups: groups), classes: 2,
        key: key)
    }
    let (together, alone) = (chosen(copies.map { "g\($0)" }), chosen(nil))
    #expect(together.c < alone.c)
    #expect((together.tried.last?.loss ?? 0) > (alone.tried.last?.loss ?? 0))
  }

  /// A class without a row, a feature without a spread, a single row: a finite answer all the same.
  @Test func whatIsMissingIsNoTrap() {
    let rows = LabelledFeatures(
      features: Tensor([1, 5, 2, 5, 3, 5] as [Float], shape: [3, 2]), labels: [0, 2, 2])
    let found = LogisticRegression()(rows, classes: 3, key: key)
    #expect(found.weight.scalars(as: Float.self).allSatisfy { $0.isFinite })
    #expect(found.weight.narrowed(dim: 1, start: 1, length: 1).scalars() == [0, 0, 0] as [Float])
    let one = LogisticRegression()(
      LabelledFeatures(features: Tensor([1, 2] as [Float], shape: [1, 2]), labels: [0]),
      classes: 1, key: key)
    #expect(one.bias.scalars(as: Float.self).allSatisfy { $0.isFinite })
  }

  /// One member that gets all rows of balanced classes is one regression; of long-tailed ones a member has as many of each
  /// class, which moves logits towards the rare ones.
  @Test func ensembles() throws {
    let balanced = LabelledFeatures(
      features: golden.rows.features.narrowed(dim: 0, start: 30, length: 30),
      labels: (0..<30).map { $0 % 3 })
    let plain = LogisticRegression(c: 0.1)
    let one = BalancedEnsemble(members: 1, fit: plain)(balanced, classes: 3, key: key)
    #expect(
      one.weight.scalars(as: Float.self)
        == plain(balanced, classes: 3, key: key).weight.scalars(as: Float.self))
    func mean(_ solution: LogisticRegression.Solution) -> [Double] {
      golden.rows.features.linear(solution.weight, solution.bias).softmax(dim: 1)
        .mean(dims: [0]).scalars(as: Double.self)
    }
    let (common, rare) = (
      mean(plain(golden.rows, classes: 3, key: key)),
      mean(BalancedEnsemble(members: 3, least: 5, fit: plain)(golden.rows, classes: 3, key: key))
    )
    #expect(rare[2] > common[2] + 0.05, "\(rare), \(common)")
  }

  /// The edits put their heads on the features that the network has, and leave the network's own alone.
  @Test func editsPutTheHeadsOn() throws {
    let network = try Architectures.named("linear").build(
      classes: 3, inputs: golden.width, using: Generator(seed: 1))
    let before = network.parameters.map { $0.tensor.scalars(as: Float.self) }
    let tools = Tools(rows: golden.rows, classes: try ClassCounts([40, 15, 5]))
    let plain = try FittedHead(.logistic(LogisticRegression(c: 1))).edited(network, with: tools)
    let moved = try FittedHead(.logistic(LogisticRegression(c: 1)), adjustment: 1)
      .edited(network, with: tools)
    let votes = try NeighbourMemory(neighbours: 5).edited(network, with: tools)
    #expect(network.parameters.map { $0.tensor.scalars(as: Float.self) } == before)
    let x = golden.rows.features
    let difference =
      (moved(x, Context()) - plain(x, Context())).narrowed(dim: 0, start: 0, length: 1)
      .scalars(as: Double.self)
    let priors = [40, 15, 5].map { Double($0) / 60 }
    for c in 0..<3 {
      #expect(close(difference[c], -(Tensor(priors[c]).log().item()), absolute: 1e-4))
    }
    #expect(votes.parameters.isEmpty && votes.form.head != .linear)
    #expect(plain.headNames == ["fc.weight", "fc.bias"])
    #expect(votes.buffers.map(\.name) == ["fc.rows", "fc.labels", "fc.counts"])
  }
}
