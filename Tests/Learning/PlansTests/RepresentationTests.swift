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
import TorchTestSupport

/// Contrasts with few partners, with centres, with targets, with distributions: PyTorch's values and limits.
@Suite struct RepresentationTests {
  struct GoldenFile: Decodable {
    var counts: [Int], labels: [Int], heads: [[Double]], features: [Double], dimensions: Int
    var queue: [Double], queued: [Int], parametric: [Double]
  }

  /// The projection of features is the features; logits and the teacher's rows are given.
  struct Given: Pass {
    var answer: Tensor?
    func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] { [inputs.values] }
    func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] { [answer ?? features[0]] }
    func projection(of features: [Tensor], _ mode: Mode) -> Tensor { features[0] }
    func answer(_ heads: [Tensor]) -> Tensor { heads[0] }
    func gradient(of value: Tensor, at inputs: Tensor) -> Tensor { value.gradient(at: inputs) }
    var teacher: (any Pass)? { Given() }
  }

  private let golden: GoldenFile
  private let classes: ClassCounts

  init() throws {
    golden = try Golden.load("Losses/experts.json")
    classes = try ClassCounts(golden.counts)
  }

  private var rows: Int { golden.labels.count }
  private var features: Tensor { Tensor(golden.features, shape: [2 * rows, golden.dimensions]) }
  private var logits: Tensor { Tensor(golden.heads[0], shape: [rows, 4]) }

  private func batches(_ features: Tensor, _ labels: [Int]) -> [Batch] {
    (0..<2).map { view in
      Batch(
        inputs: features.narrowed(dim: 0, start: view * labels.count, length: labels.count),
        target: Target(labels), examples: Array(labels.indices))
    }
  }

  private func queue(of capacity: Int) -> ContrastQueue {
    ContrastQueue(capacity: capacity, dimensions: golden.dimensions)
  }

  /// The golden queue, of rows that are not in the batch.
  private func filled(_ memory: Memory) -> Memory {
    var memory = memory
    memory["queue.keys"] = Tensor(golden.queue, shape: [golden.queued.count, golden.dimensions])
      .to(.float32)
    memory["queue.labels"] = Tensor(
      golden.queued.map(Int64.init), shape: [golden.queued.count])
    memory["queue.rows"] = Tensor(
      golden.queued.indices.map { Int64(100 + $0) }, shape: [golden.queued.count])
    return memory
  }

  private func values(
    _ objective: any Objective, _ memory: inout Memory, key: UInt64 = 1, _ features: Tensor? = nil
  ) -> [Double] {
    objective.terms(
      batches(features ?? self.features, golden.labels), through: Given(answer: logits),
      at: Moment(key: RandomKey(seed: key)), remembering: &memory
    ).terms[0].rows.values.scalars()
  }

  @Test func parametricContrastIsPyTorchs() {
    let objective = ParametricContrastive(
      offsets: classes.priors.map { log($0) }, queue: queue(of: 6), temperature: 0.2, weight: 0.05)
    var memory = filled(objective.memory(for: classes))
    #expect(difference(values(objective, &memory), golden.parametric, relative: 1e-5) == nil)
    #expect(
      memory["queue.rows"].scalars(as: Int64.self) == [2, 3, 4, 5, 6, 7],
      "the batch's keys are in it")
  }

  /// Nobody of its class to be drawn to but the centre, and everybody out of reach: balanced softmax.
  @Test func parametricContrastWithoutOthersIsBalancedSoftmax() {
    let one = [0]
    let z = Tensor([2.0, 0.3, -1, 0.5], shape: [1, 4])
    let objective = ParametricContrastive(
      offsets: classes.priors.map { log($0) }, queue: queue(of: 6), temperature: 1e-3, weight: 0)
    var memory = objective.memory(for: classes)
    // The other view points the other way: e^−1000 of it is under the logarithm.
    let away = Tensor.concatenated([Tensor.ones([1, 5]), Tensor.ones([1, 5]) * -1], dim: 0)
    let found = objective.terms(
      batches(away.to(.float64), one), through: Given(answer: z), at: Moment(), remembering: &memory
    )
    let expected = AdjustedCrossEntropy.balancedSoftmax(classes)(z, Target(one)).values.item()
    #expect(close(found.terms[0].rows.values.item(), expected, relative: 1e-6))
  }

  /// K or more partners in the queue: every row of its class, which is supervised contrast of a row with its view and the
  /// queue.
  @Test func manyPositivesAreSupervisedContrast() {
    let objective = Contrastive(
      SupervisedContrast(temperature: 0.2), queue: queue(of: 6), positives: 6)
    var memory = filled(objective.memory(for: classes))
    let found = values(objective, &memory)
    let keys = Tensor(golden.queue, shape: [6, golden.dimensions])
    let known = (0..<6).filter { golden.queued[$0] >= 0 }
    let queued = keys.indexSelect(dim: 0, Tensor(known.map(Int64.init), shape: [known.count]))
    for i in 0..<rows {
      let own = Tensor.concatenated(
        [
          features.narrowed(dim: 0, start: i, length: 1),
          features.narrowed(dim: 0, start: rows + i, length: 1), queued,
        ], dim: 0)
      let labels = [golden.labels[i], golden.labels[i]] + known.map { golden.queued[$0] }
      let expected = SupervisedContrast(temperature: 0.2)(own, labels).values
        .scalars(as: Double.self)[0]
      #expect(close(found[i], expected, relative: 1e-5))
    }
  }

  /// One positive is drawn of several: values are those of one or the other partner, and every one is met.
  @Test func onePositiveIsDrawn() {
    let one = Contrastive(SupervisedContrast(temperature: 0.2), queue: queue(of: 6), positives: 1)
    // Row 0 is of class 0, of which the queue has two.
    let found = (0..<40).map { key -> Double in
      var memory = filled(one.memory(for: classes))
      return values(one, &memory, key: UInt64(key))[0]
    }
    let different = Set(found.map { ($0 * 1e4).rounded() })
    #expect(different.count == 2)
    let all = Contrastive(SupervisedContrast(temperature: 0.2), queue: queue(of: 6), positives: 6)
    var memory = filled(all.memory(for: classes))
    // Of partners a, b and the other view o: mean of (o + a)/2 and (o + b)/2, against (o + a + b)/3, over the same log.
    #expect(values(all, &memory)[0] != found[0])
    var again = filled(one.memory(for: classes))
    #expect(values(one, &again, key: 7)[0] == found[7])
  }

  /// Corners of a simplex wherever there is room for it, and by descent too.
  @Test func targetsAreASimplex() {
    for (count, dimensions) in [(1, 1), (2, 1), (3, 2), (4, 3), (10, 128), (101, 100)] {
      let targets = UniformTargets.directions(count, dimensions: dimensions).to(.float64)
      let cosines = targets.matmul(targets.transposed(0, 1)).scalars(as: Double.self)
      for a in 0..<count {
        for b in 0..<count {
          let expected = a == b ? 1 : -1 / Double(count - 1)
          #expect(close(cosines[a * count + b], expected, absolute: 1e-5))
        }
      }
    }
    // The paper's descent goes down, towards what a simplex has.
    func crowding(_ targets: Tensor) -> Double {
      let rows = targets.to(.float64)
      return (rows.matmul(rows.transposed(0, 1)) / 0.07).logSumExp(dim: 1).mean().item()
    }
    let least = crowding(UniformTargets.directions(4, dimensions: 3))
    let steps = [0, 200, 600].map {
      crowding(UniformTargets.descended(4, dimensions: 3, steps: $0))
    }
    #expect(steps[0] > steps[1] && steps[1] > steps[2] && steps[2] > least, "\(steps), \(least)")
    let crowded = UniformTargets.descended(6, dimensions: 3, steps: 200)
    let lengths = crowded.square().sum(dims: [1]).scalars(as: Double.self)
    #expect(difference(lengths, [1, 1, 1, 1, 1, 1], absolute: 1e-5) == nil)
  }

  /// Classes that change their names take their targets with them.
  @Test func targetsKnowNoOrderOfClasses() throws {
    let order = [2, 0, 3, 1]
    func found(_ labels: [Int], _ counts: [Int]) throws -> [Double] {
      let objective = TargetedContrastive(
        temperature: 0.2, queue: queue(of: 6), positives: 2, weight: 0.2)
      var memory = objective.memory(for: try ClassCounts(counts))
      return objective.terms(
        batches(features, labels), through: Given(), at: Moment(), remembering: &memory
      ).terms[0].rows.values.scalars()
    }
    let renamed = golden.labels.compactMap { order.firstIndex(of: $0) }
    #expect(
      difference(
        try found(golden.labels, golden.counts),
        try found(renamed, order.map { golden.counts[$0] }),
        relative: 1e-5) == nil)
  }

  /// Against all permutations.
  @Test func assignmentsAreTheBest() {
    func permutations(_ left: [Int]) -> [[Int]] {
      left.isEmpty
        ? [[]] : left.flatMap { x in permutations(left.filter { $0 != x }).map { [x] + $0 } }
    }
    for n in 1...6 {
      for seed in 0..<6 {
        var source = RandomSource(seed: UInt64(10 * n + seed))
        let scores = (0..<n * n).map { _ in source.normal() }
        func total(_ places: [Int]) -> Double {
          (0..<n).reduce(0) { $0 + scores[$1 * n + places[$1]] }
        }
        let found = Assignment.best(scores, count: n)
        #expect(found.sorted() == Array(0..<n))
        #expect(
          close(total(found), permutations(Array(0..<n)).map(total).max() ?? 0, absolute: 1e-9))
      }
    }
    #expect(Assignment.best([0, 0, 0, 0], count: 2).sorted() == [0, 1])
  }

  /// By hand: two classes in three dimensions, an empty queue, targets ±e_1; classes keep the targets that they lie at.
  @Test func targetsAreDrawnTo() {
    let queue = ContrastQueue(capacity: 4, dimensions: 3)
    let objective = TargetedContrastive(
      temperature: 0.5, queue: queue, positives: 2, weight: 0.2)
    guard let two = try? ClassCounts([3, 1]) else { return }
    var memory = objective.memory(for: two)
    let views = Tensor([-1.0, 0.2, 0, 1, 0, 0.1, -1, 0, 0, 1, 0.3, 0], shape: [4, 3])
    let terms = objective.terms(
      batches(views, [0, 1]), through: Given(), at: Moment(), remembering: &memory)
    let unit = views.unitRows().scalars(as: Double.self)
    for (row, label) in [0, 1].enumerated() {
      func inner(_ v: [Double]) -> Double { (0..<3).reduce(0) { $0 + unit[row * 3 + $1] * v[$1] } }
      let own = inner(Array(unit[(2 + row) * 3..<(3 + row) * 3])) / 0.5
      let targets = [inner([1, 0, 0]) / 0.5, inner([-1, 0, 0]) / 0.5]
      let sum = exp(own) + exp(targets[0]) + exp(targets[1])
      let mine = label == 0 ? targets[1] : targets[0]
      let expected = -((own - log(sum)) + 0.2 * (mine - log(sum))) / 2
      #expect(
        close(terms.terms[0].rows.values.scalars(as: Double.self)[row], expected, relative: 1e-5))
    }
    let centres = memory["centres"].scalars(as: Double.self)
    #expect(close(centres[0], unit[0], absolute: 1e-6))
    // A tenth of the way towards the next batch's mean; the class that it has not stays.
    var next = memory
    _ = objective.terms(
      batches(Tensor([0.0, 1, 0, 0, 1, 0], shape: [2, 3]), [0]), through: Given(), at: Moment(),
      remembering: &next)
    let moved = (0..<3).map { 0.9 * centres[$0] + 0.1 * [0, 1, 0][$0] }
    let length = moved.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let after = next["centres"].scalars(as: Double.self)
    #expect(difference(Array(after[0..<3]), moved.map { $0 / length }, absolute: 1e-6) == nil)
    #expect(Array(after[3..<6]) == Array(centres[3..<6]))
  }

  /// Means and counts as they come; the estimate of an epoch takes the place of the one before, and a class that it has not
  /// seen keeps it.
  @Test func directionsAreKeptUpToDate() throws {
    let directions = ClassDirections(dimensions: 3)
    let two = try ClassCounts([3, 1])
    var memory = directions.memory(for: two)
    let x = Tensor([1.0, 0, 0, 0, 1, 0, 0, 0, 1], shape: [3, 3])
    memory = directions.extended(memory, by: x, [0, 0, 1])
    #expect(memory["directions.mean"].scalars(as: Double.self) == [0.5, 0.5, 0, 0, 0, 1])
    memory = directions.epochBegun(memory)
    #expect(memory["directions.next.count"].scalars(as: Double.self) == [0, 0])
    memory = directions.extended(memory, by: x.narrowed(dim: 0, start: 0, length: 2), [0, 0])
    #expect(memory["directions.count"].scalars(as: Double.self) == [4, 1])
    #expect(memory["directions.next.count"].scalars(as: Double.self) == [2, 0])
    let before = memory["directions.mean"].scalars(as: Double.self)
    memory = directions.epochBegun(memory)
    #expect(memory["directions.count"].scalars(as: Double.self) == [2, 1])
    #expect(memory["directions.mean"].scalars(as: Double.self) == before)
  }

  /// Nothing seen: κ = 0, the same score for every class, so that balanced softmax of them is −ln π. A class that is one
  /// point has the scores of a cosine, but for its spread.
  @Test func scoresOfNothingAndOfPoints() throws {
    let directions = ClassDirections(dimensions: 8)
    let z = Tensor.normal([5, 8], using: Generator(seed: 3)).to(.float64).unitRows()
    let empty = directions.scores(z, temperature: 0.1, directions.memory(for: classes))
    let flat = empty.scalars(as: Double.self)
    #expect(flat.allSatisfy { close($0, flat[0], absolute: 1e-9) && $0 > 0 })
    let labels = [0, 1, 2, 3, 0]
    let loss = AdjustedCrossEntropy.balancedSoftmax(classes)(empty, Target(labels)).values
    #expect(
      difference(
        loss.scalars(as: Double.self), labels.map { -log(classes.priors[$0]) }, absolute: 1e-9)
        == nil)
    var memory = directions.memory(for: classes)
    let points = z.narrowed(dim: 0, start: 0, length: 4)
    memory = directions.extended(memory, by: points, [0, 1, 2, 3])
    let scores = directions.scores(z, temperature: 0.1, memory).scalars(as: Double.self)
    let cosines = (z.matmul(points.transposed(0, 1)) / 0.1).scalars(as: Double.self)
    #expect(difference(scores, cosines, absolute: 0.02) == nil)
  }

  @Test func scoresByDifferences() throws {
    let directions = ClassDirections(dimensions: 5)
    var memory = directions.memory(for: classes)
    memory = directions.extended(memory, by: features.unitRows(), golden.labels + golden.labels)
    let z = features.narrowed(dim: 0, start: 0, length: 3)
    #expect(
      gradientDifference(at: [z], absolute: 1e-6) {
        directions.scores($0[0].unitRows(), temperature: 0.3, memory)
      } == nil)
  }
}
