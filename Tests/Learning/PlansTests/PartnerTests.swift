import Batches
import Losses
import Networks
import Plans
import Randomness
import Sampling
import TestSupport
import Testing
import Torch

/// Objectives that choose whom rows are mixed with, against NumPy: agreeing mixtures, confused classes, neighbours.
@Suite struct PartnerTests {
  struct GoldenFile: Decodable {
    struct Consistency: Decodable {
      var shape: [Int], counts: [Int], batches: [[Double]], ya: [Int], yb: [Int]
      var heads: [[Double]], project: [Double], predict: [Double]
      var elapsed: Double, lambda: Double
      var mixture: [Double], balanced: [Double], consistency: [Double]
    }
    struct Confusion: Decodable {
      struct Step: Decodable { var labels: [Int], decided: [Int], rows: [Double] }
      var classes: Int, decay: Double, warmup: Int, steps: [Step], strong: [Bool]
      var a: [Double], b: [Double], ya: [Int], yb: [Int]
      var weights: [Double], target: [Double], losses: [Double], after: [Double]
    }
    struct Smote: Decodable {
      var counts: [Int], labels: [Int], neighbours: Int, training: [Double], rows: [Int]
      var features: [Double], moved: [Double], losses: [Double]
    }
    var seed: UInt64, consistency: Consistency, confusion: Confusion, smote: Smote
  }

  private let golden: GoldenFile
  init() throws { golden = try Golden.load("Plans/pairs.json") }

  private func moment(_ elapsed: Double = 0, step: Int = 0) -> Moment {
    Moment(step: step, elapsed: elapsed, key: RandomKey(seed: golden.seed))
  }

  private func values(_ term: Terms.Term) -> [Double] { term.rows.values.scalars() }

  /// Means of channels through two heads, a projection and a predictor.
  private struct Given: Pass {
    let heads: [Tensor], project: Tensor, predict: Tensor
    func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] {
      let mean = inputs.values.mean(dims: [2, 3])
      return [mean, mean]
    }
    func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] {
      zip(features, heads).map { $0.matmul($1) }
    }
    func projection(of features: [Tensor], _ mode: Mode) -> Tensor { features[0].matmul(project) }
    func prediction(of projection: Tensor, _ mode: Mode) -> Tensor { projection.matmul(predict) }
    func answer(_ heads: [Tensor]) -> Tensor { heads[1] }
    func gradient(of value: Tensor, at inputs: Tensor) -> Tensor { value.gradient(at: inputs) }
  }

  private var given: Given {
    let one = golden.consistency
    return Given(
      heads: one.heads.map { Tensor($0, shape: [2, 3]).requiringGrad() },
      project: Tensor(one.project, shape: [2, 3]).requiringGrad(),
      predict: Tensor(one.predict, shape: [3, 3]).requiringGrad())
  }

  private func batches() -> [Batch] {
    let one = golden.consistency
    return one.batches.enumerated().map { number, values in
      Batch(
        inputs: Tensor(values, shape: one.shape), target: Target(number < 2 ? one.ya : one.yb),
        examples: number < 2 ? [0, 1, 2, 3] : [7, 6, 5, 4])
    }
  }

  private func mixtures(elapsed: Double, _ pass: any Pass, consistency: Double = 4) throws -> Terms
  {
    let one = golden.consistency
    var memory = Memory()
    return MixtureConsistency(
      weights: .inverse(try ClassCounts(one.counts), power: 1.2), consistency: consistency
    ).terms(batches(), through: pass, at: moment(elapsed), remembering: &memory)
  }

  @Test func agreeingMixtures() throws {
    let one = golden.consistency
    let terms = try mixtures(elapsed: one.elapsed, given)
    #expect(terms.terms.map(\.name) == ["mixture", "balanced", "consistency"])
    for (term, expected) in zip(terms.terms, [one.mixture, one.balanced, one.consistency]) {
      #expect(difference(values(term), expected, relative: 1e-6, absolute: 1e-9) == nil)
      #expect(term.rows.denominator == 4)
    }
    #expect(terms.batch.lambda == one.lambda)
    #expect(terms.batch.examples == [0, 1, 2, 3, 7, 6, 5, 4])
  }

  /// At first the second head does not learn, at the end the first does not; γ = 0 leaves projection and predictor alone.
  @Test func whoLearns() throws {
    for (elapsed, first, second) in [(0.0, true, false), (0.5, true, true), (1, false, true)] {
      let pass = given
      try mixtures(elapsed: elapsed, pass, consistency: 0).total.backward()
      let moves = (pass.heads + [pass.project, pass.predict]).map { tensor in
        (tensor.grad?.abs().sum().item() ?? 0) > 0
      }
      #expect(moves == [first, second, false, false])
    }
  }

  /// Rows without a label agree as well, and give nothing else.
  @Test func unknownRowsAgree() throws {
    var batches = batches()
    for number in batches.indices {
      let labels = batches[number].target.terms[0].labels
      batches[number].target = Target(known: labels.enumerated().map { $0 == 2 ? nil : $1 })
    }
    var memory = Memory()
    let terms = MixtureConsistency(
      weights: .inverse(try ClassCounts(golden.consistency.counts), power: 1.2)
    ).terms(
      batches, through: given, at: moment(golden.consistency.elapsed), remembering: &memory)
    #expect(terms.terms.map { values($0)[2] != 0 } == [false, false, true])
    #expect(terms.terms.map(\.rows.denominator) == [3, 3, 4])
  }

  private func confused() throws -> (ConfusionMixup, Memory) {
    let one = golden.confusion
    let objective = ConfusionMixup(decay: one.decay, warmup: one.warmup)
    var memory = objective.memory(for: try ClassCounts(Array(repeating: 3, count: one.classes)))
    // What a pass that gives its inputs back decides are the columns of the second stream's inputs.
    for (number, step) in one.steps.enumerated() {
      let decided = Target(step.decided).dense(classes: one.classes).to(.float64)
      let bank = Batch(inputs: decided, target: Target(step.labels))
      _ = objective.terms(
        [bank, bank], through: IdentityPass(), at: moment(step: number + 1), remembering: &memory)
      #expect(
        difference(
          memory["relations.confusion"].scalars(as: Double.self), step.rows, absolute: 1e-12) == nil
      )
      #expect(memory["relations.updates"].item() == Double(number + 1))
    }
    return (objective, memory)
  }

  private func mixed(_ objective: ConfusionMixup, _ memory: inout Memory) -> Terms {
    let one = golden.confusion
    let batches = [(one.a, one.ya), (one.b, one.yb)].map { values, labels in
      Batch(
        inputs: Tensor(values, shape: [labels.count, one.classes]), target: Target(labels),
        examples: labels)
    }
    return objective.terms(batches, through: IdentityPass(), at: moment(), remembering: &memory)
  }

  @Test func confusedClasses() throws {
    let one = golden.confusion
    var (objective, memory) = try confused()
    let terms = mixed(objective, &memory)
    #expect(difference(values(terms.terms[0]), one.losses, relative: 1e-6) == nil)
    #expect(
      difference(
        terms.batch.target.dense(classes: one.classes).scalars(as: Double.self), one.target,
        absolute: 1e-6) == nil)
    #expect(
      difference(
        memory["relations.confusion"].scalars(as: Double.self), one.after, absolute: 1e-12) == nil)
  }

  /// A class as a whole that is confused less than `least` is not mixed; nor is any before something is known.
  @Test func rowsThatStay() throws {
    var (objective, memory) = try confused()
    objective = ConfusionMixup(least: 2, decay: 0.9, warmup: 4)
    let stays = mixed(objective, &memory)
    #expect(stays.batch.lambda == 1)
    var fresh = objective.memory(for: try ClassCounts([3, 3, 3, 3]))
    #expect(mixed(ConfusionMixup(), &fresh).batch.lambda == 1)
    #expect(ConfusionMixup().expectedWeights == [1, 0])
  }

  /// Constantly fed, R is what it is fed; a class that is not seen keeps its row.
  @Test func runningConfusion() {
    let objective = ConfusionMixup(decay: 0.9, warmup: 3)
    guard let classes = try? ClassCounts([4, 4, 4]) else { return }
    var memory = objective.memory(for: classes)
    let bank = Batch(
      inputs: Target([0, 1, 1, 1]).dense(classes: 3), target: Target([0, 0, 1, 1]))
    for step in 0..<40 {
      _ = objective.terms(
        [bank, bank], through: IdentityPass(), at: moment(step: step), remembering: &memory)
    }
    let rows = memory["relations.confusion"].scalars(as: Double.self)
    #expect(difference(rows, [0.5, 0.5, 0, 0, 1, 0, 0, 0, 0], absolute: 1e-12) == nil)
  }

  /// Partners are met as often as R says: χ² of 4,000 draws.
  @Test func partnersFollowTheConfusions() {
    let objective = ConfusionMixup(decay: 0.5, warmup: 0)
    guard let classes = try? ClassCounts([4, 4, 4, 4]) else { return }
    var memory = objective.memory(for: classes)
    // Class 0 is mistaken for 1 six times, for 2 twice, for 3 once; the others for nothing.
    let decided = [0, 1, 1, 1, 1, 1, 1, 2, 2, 3, 1, 2, 3]
    let labels = [Int](repeating: 0, count: 10) + [1, 2, 3]
    let seen = Batch(inputs: Target(decided).dense(classes: 4), target: Target(labels))
    _ = objective.terms(
      [seen, seen], through: IdentityPass(), at: moment(), remembering: &memory)
    let rows = Batch(inputs: Tensor.zeros([4, 4]), target: Target([0, 0, 0, 0]))
    // Class 3 has two rows in the bank, and is wanted no more for it.
    let bank = Batch(
      inputs: Target([1, 2, 3, 3]).dense(classes: 4), target: Target([1, 2, 3, 3]))
    var met = [0.0, 0, 0, 0]
    for step in 1...1000 {
      var copy = memory
      let target = objective.terms(
        [rows, bank], through: IdentityPass(), at: moment(step: step), remembering: &copy
      ).batch.target
      for label in target.terms[1].labels { met[label] += 1 }
    }
    let expected = [6.0, 2, 1].map { $0 / 9 * 4000 }
    let chi = zip(met.dropFirst(), expected).map { ($0 - $1) * ($0 - $1) / $1 }.reduce(0, +)
    #expect(met[0] == 0 && chi < 9.21, "χ² \(chi) of \(met)")  // p > .01 with 2 degrees of freedom
  }

  private struct Tools: EditTools {
    let classes: ClassCounts
    let generator = Generator(seed: 1)
    let training: LabelledFeatures
    func trainingFeatures() -> LabelledFeatures { training }
    func validationFeatures() -> LabelledFeatures? { nil }
  }

  private func moved(_ neighbours: Int) throws -> (Terms, Batch) {
    let one = golden.smote
    let classes = try ClassCounts(one.counts)
    let objective = FeatureSMOTE(classes: classes, neighbours: neighbours)
    let tools = Tools(
      classes: classes,
      training: LabelledFeatures(
        features: Tensor(one.training, shape: [one.labels.count, 3]), labels: one.labels))
    var memory = objective.memory(for: classes)
    #expect(objective.refreshes(at: moment()))
    #expect(!objective.refreshes(at: Moment(epoch: 1)) && !objective.refreshes(at: moment(step: 1)))
    memory = try objective.refreshed(memory, through: IdentityPass(), with: tools, at: moment())
    let batch = Batch(
      inputs: Tensor(one.features, shape: [one.rows.count, 3]),
      target: Target(one.rows.map { one.labels[$0] }), examples: one.rows)
    return (
      objective.terms([batch], through: IdentityPass(), at: moment(), remembering: &memory), batch
    )
  }

  @Test func neighbours() throws {
    let (terms, batch) = try moved(golden.smote.neighbours)
    #expect(difference(values(terms.terms[0]), golden.smote.losses, relative: 1e-9) == nil)
    #expect(terms.batch.target == batch.target && terms.batch.lambda == nil)
  }

  /// The commonest class and a class of one row stay; of more neighbours than there are all are used.
  @Test func whoIsMoved() throws {
    let (terms, batch) = try moved(1000)
    let plain = CrossEntropy()(batch.inputs.values, batch.target).values.scalars(as: Double.self)
    let rows = values(terms.terms[0])
    for (row, label) in golden.smote.rows.map({ golden.smote.labels[$0] }).enumerated()
    where label != 1 {
      #expect(close(rows[row], plain[row], relative: 1e-12))
    }
    #expect(rows != plain)
  }

  /// A class of more rows than the bank keeps so many, drawn once by the step's key; the largest class keeps none.
  @Test func bank() throws {
    let one = golden.smote
    let classes = try ClassCounts(one.counts)
    let tools = Tools(
      classes: classes,
      training: LabelledFeatures(
        features: Tensor(one.training, shape: [one.labels.count, 3]), labels: one.labels))
    func kept(_ bank: Int, seed: UInt64) throws -> Memory {
      let objective = FeatureSMOTE(classes: classes, bank: bank)
      return try objective.refreshed(
        objective.memory(for: classes), through: IdentityPass(), with: tools,
        at: Moment(key: RandomKey(seed: seed)))
    }
    func places(_ memory: Memory) -> [Int64] { memory["examples"].scalars() }
    let all = try kept(5, seed: 1)
    #expect(places(all) == [12, 13, 14, 15, 16, 17])
    #expect(all["starts"].scalars(as: Int64.self) == [0, 0, 5, 6])
    let few = try kept(2, seed: 1)
    #expect(
      few["features"].shape == [3, 3] && few["starts"].scalars(as: Int64.self) == [0, 0, 2, 3])
    #expect(places(few) == places(try kept(2, seed: 1)))
    #expect(try (1...20).contains { try places(kept(2, seed: $0)) != places(few) })
    // Each remembered row is that of its place.
    for (row, place) in places(few).enumerated() {
      let found = few["features"].narrowed(dim: 0, start: row, length: 1).scalars(as: Double.self)
      #expect(found == Array(one.training[Int(place) * 3..<Int(place) * 3 + 3]))
    }
  }

  /// Classes of one size: nothing is remembered, and no row moves.
  @Test func nothingToMove() throws {
    let classes = try ClassCounts([2, 2])
    let objective = FeatureSMOTE(classes: classes)
    let tools = Tools(
      classes: classes,
      training: LabelledFeatures(
        features: Tensor([1.0, 2, 3, 4, 5, 6, 7, 8], shape: [4, 2]), labels: [0, 0, 1, 1]))
    let memory = try objective.refreshed(
      objective.memory(for: classes), through: IdentityPass(), with: tools, at: moment())
    #expect(memory.isEmpty)
  }

  /// Before features are known rows go as they are.
  @Test func withoutFeatures() throws {
    let classes = try ClassCounts([2, 1])
    var memory = Memory()
    let batch = Batch(
      inputs: Tensor([1.0, 2, 3, 4], shape: [2, 2]), target: Target([1, 1]), examples: [0, 1])
    let terms = FeatureSMOTE(classes: classes).terms(
      [batch], through: IdentityPass(), at: moment(), remembering: &memory)
    let plain = CrossEntropy()(batch.inputs.values, batch.target).values.scalars(as: Double.self)
    #expect(values(terms.terms[0]) == plain)
  }
}
