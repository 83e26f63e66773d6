import Batches
import Foundation
import Losses
import Networks
import Plans
import Randomness
import Sampling
import TestSupport
import Testing
import Torch

/// Contrasts of views: subclasses, queue and losses against a NumPy programme; limits.
@Suite struct ContrastiveTests {
  struct GoldenFile: Decodable {
    struct Queue: Decodable { var rows: [Int], labels: [Int], keys: [Double] }
    var counts: [Int], labels: [Int], features: [Double], dimensions: Int
    var smallest: Int, temperature: Double, weight: Double, seed: UInt64
    var numbers: [Int], temperatures: [Double], batch: [Int], views: [Double]
    var subclass: [Double], `class`: [Double], queue: Queue, queued: [Double]
  }

  /// Features of a training set, and no network.
  struct Tools: EditTools {
    var classes: ClassCounts, training: LabelledFeatures
    var generator: Generator { Generator(seed: 0) }
    func trainingFeatures() -> LabelledFeatures { training }
    func validationFeatures() -> LabelledFeatures? { nil }
  }

  /// The projection of features is the features.
  struct PlainPass: Pass {
    var taught: Tensor?
    func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] { [inputs.values] }
    func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] { features }
    func projection(of features: [Tensor], _ mode: Mode) -> Tensor { features[0] }
    func answer(_ heads: [Tensor]) -> Tensor { heads[0] }
    func gradient(of value: Tensor, at inputs: Tensor) -> Tensor { value.gradient(at: inputs) }
    var teacher: (any Pass)? { PlainPass() }
  }

  private let golden: GoldenFile
  private let classes: ClassCounts

  init() throws {
    golden = try Golden.load("Plans/subclass.json")
    classes = try ClassCounts(golden.counts)
  }

  private var objective: SubclassContrast {
    SubclassContrast(
      temperature: golden.temperature, weight: golden.weight, smallest: golden.smallest, warmup: 0)
  }

  private func refreshed() throws -> Memory {
    let features = Tensor(golden.features, shape: [golden.labels.count, golden.dimensions])
    let tools = Tools(
      classes: classes, training: LabelledFeatures(features: features, labels: golden.labels))
    return try objective.refreshed(
      objective.memory(for: classes), through: PlainPass(), with: tools,
      at: Moment(key: RandomKey(seed: golden.seed)))
  }

  private func batches() -> [Batch] {
    let views = Tensor(golden.views, shape: [2 * golden.batch.count, golden.dimensions])
    return (0..<2).map { view in
      Batch(
        inputs: views.narrowed(
          dim: 0, start: view * golden.batch.count, length: golden.batch.count),
        target: Target(golden.batch.map { golden.labels[$0] }), examples: golden.batch)
    }
  }

  @Test func subclassesAreTheGoldenOnes() throws {
    let memory = try refreshed()
    #expect(memory["subclasses"].scalars(as: Int64.self).map(Int.init) == golden.numbers)
    #expect(
      difference(
        memory["temperatures"].scalars(as: Double.self), golden.temperatures, relative: 1e-12)
        == nil)
    let again = try refreshed()["subclasses"].scalars(as: Int64.self).map(Int.init)
    #expect(again == golden.numbers)
  }

  @Test func theLossesAreTheGoldenOnes() throws {
    var memory = try refreshed()
    let terms = objective.terms(
      batches(), through: PlainPass(), at: Moment(), remembering: &memory)
    #expect(terms.terms.map(\.name) == ["subclass", "class"])
    for (term, expected) in zip(terms.terms, [golden.subclass, golden.class]) {
      #expect(
        difference(term.rows.values.scalars(as: Double.self), expected, relative: 1e-9) == nil)
      #expect(term.rows.denominator == 16)
    }
  }

  /// K = ⌊n / δ⌋ of LT-Gauss's counts; sizes within a class differ by one at most.
  @Test func sizesOfSubclasses() throws {
    let counts = try ClassCounts([500, 299, 179, 107, 64, 38, 23, 13, 8, 5])
    #expect(Subclasses.counts(counts, smallest: 10) == [50, 29, 17, 10, 6, 3, 2, 1, 1, 1])
    // The rarest class is larger than δ: it sets the size.
    #expect(Subclasses.counts(try ClassCounts([90, 40]), smallest: 10) == [2, 1])
    var first = 0
    for (c, k) in Subclasses.counts(classes, smallest: golden.smallest).enumerated() {
      let sizes = (first..<first + k).map { number in golden.numbers.count { $0 == number } }
      let found = try refreshed()["subclasses"].scalars(as: Int64.self)
      #expect(sizes == (first..<first + k).map { number in found.count { $0 == number } })
      #expect(
        sizes.reduce(0, +) == golden.counts[c] && (sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
      first += k
    }
  }

  /// One point a class, or one in all: there is nothing to divide by, and every number stays finite.
  @Test func equalRowsStayFinite() throws {
    for spread in [0.0, 1e-30] {
      let rows = golden.labels.flatMap { label in
        (0..<golden.dimensions).map { $0 == label ? 1.0 + spread : 0 }
      }
      let tools = Tools(
        classes: classes,
        training: LabelledFeatures(
          features: Tensor(rows, shape: [golden.labels.count, golden.dimensions]),
          labels: golden.labels))
      let memory = try objective.refreshed(
        objective.memory(for: classes), through: PlainPass(), with: tools, at: Moment())
      #expect(memory["temperatures"].scalars(as: Double.self).allSatisfy { $0 > 0 && $0.isFinite })
      let numbers = memory["subclasses"].scalars(as: Int64.self)
      #expect(Set(numbers).count == Subclasses.counts(classes, smallest: 4).reduce(0, +))
    }
  }

  /// One subclass a class and β = 0: supervised contrast to the last digit but one.
  @Test func withoutSubclassesItIsSupervisedContrast() throws {
    var plain = objective
    (plain.weight, plain.smallest) = (0, 1000)
    let features = Tensor(golden.features, shape: [golden.labels.count, golden.dimensions])
    var memory = try plain.refreshed(
      plain.memory(for: classes), through: PlainPass(),
      with: Tools(
        classes: classes, training: LabelledFeatures(features: features, labels: golden.labels)),
      at: Moment())
    let found = plain.terms(batches(), through: PlainPass(), at: Moment(), remembering: &memory)
    var nothing = Memory()
    let expected = Contrastive(SupervisedContrast(temperature: golden.temperature)).terms(
      batches(), through: PlainPass(), at: Moment(), remembering: &nothing)
    #expect(close(found.total.item(), expected.total.item(), relative: 1e-12))
  }

  /// At the end of the warm-up and every so many epochs of the stage, and at no other time.
  @Test func refreshesWhenDue() {
    let contrast = SubclassContrast(warmup: 3, period: 5)
    let due = (0..<12).filter { contrast.refreshes(at: Moment(epoch: 20 + $0, stageEpoch: $0)) }
    #expect(due == [3, 5, 10])
    #expect(!Contrastive().refreshes(at: Moment()))
    // Eight epochs of the published warm-up of ten: from the middle on there are subclasses, made at once.
    let published = SubclassContrast()
    let short = (0..<8).filter {
      published.refreshes(at: Moment(epoch: $0, elapsed: Double($0) / 8))
    }
    #expect(short == [4])
    let long = (0..<40).filter {
      published.refreshes(at: Moment(epoch: $0, elapsed: Double($0) / 40))
    }
    #expect(long == [10, 20, 30])
  }

  @Test func aQueueIsComparedWithButForTheBatchsOwnRows() throws {
    let queue = ContrastQueue(capacity: 6, dimensions: golden.dimensions)
    var memory = queue.memory
    memory["queue.keys"] = Tensor(golden.queue.keys, shape: [6, golden.dimensions])
    memory["queue.labels"] = Tensor(golden.queue.labels.map(Int64.init), shape: [6])
    memory["queue.rows"] = Tensor(golden.queue.rows.map(Int64.init), shape: [6])
    let contrast = Contrastive(
      SupervisedContrast(temperature: golden.temperature), queue: queue)
    let terms = contrast.terms(
      batches(), through: PlainPass(), at: Moment(), remembering: &memory)
    // Keys are kept in float32.
    #expect(
      difference(
        terms.terms[0].rows.values.scalars(as: Double.self), golden.queued, relative: 1e-5) == nil)
    #expect(terms.terms[0].rows.denominator == 8)
    // The last six of eight new keys push all that was there out.
    #expect(
      memory["queue.rows"].scalars(as: Int64.self).map(Int.init) == Array(golden.batch.suffix(6)))
  }

  /// First in, first out; a step with the same rows again finds none of them in what it is compared with.
  @Test func aQueueHoldsNoRowOfThePresentBatch() {
    let queue = ContrastQueue(capacity: 5, dimensions: 2)
    var memory = queue.memory
    func key(_ n: Int) -> Tensor { Tensor.ones([n, 2]) }
    memory = queue.extended(memory, by: key(2), [0, 1], [10, 11])
    memory = queue.extended(memory, by: key(2), [1, 1], [12, 13])
    #expect(memory["queue.rows"].scalars(as: Int64.self) == [-1, 10, 11, 12, 13])
    let contrast = queue.contrast(key(2), key(2), [1, 0], [11, 99], memory)
    #expect(
      contrast.compared.scalars(as: Float.self) == [1, 1, 0, 1, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1])
    #expect(
      contrast.partners.scalars(as: Float.self) == [1, 0, 0, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 0])
    let before = memory["queue.rows"]
    memory = queue.extended(memory, by: key(3), [0, 0, 0], [1, 2, 3])
    #expect(memory["queue.rows"].scalars(as: Int64.self) == [12, 13, 1, 2, 3])
    #expect(before.scalars(as: Int64.self) == [-1, 10, 11, 12, 13])
  }

  /// InfoNCE: without labels in common, a row's one partner is its other view.
  @Test func onePartnerIsInfoNCE() {
    let z = Tensor.normal([4, 3], using: Generator(seed: 1)).to(.float64)
    let rows = SupervisedContrast(temperature: 0.5)(
      Tensor.concatenated([z, z * 2], dim: 0), [0, 1, 2, 3, 0, 1, 2, 3])
    let unit = z.unitRows()
    let scores = (unit.matmul(unit.transposed(0, 1)) / 0.5).scalars(as: Double.self)
    for i in 0..<4 {
      let own = Array(scores[i * 4..<i * 4 + 4]).map(exp)
      let expected = -log(own[i] / (2 * own.reduce(0, +) - own[i]))
      #expect(close(rows.values.scalars(as: Double.self)[i], expected, relative: 1e-12))
    }
  }
}
