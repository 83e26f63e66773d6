import Batches
import Losses
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch
import TorchTestSupport

/// Experts that say how sure they are, and experts that gain by differing.
@Suite struct ExpertObjectiveTests {
  struct GoldenFile: Decodable {
    struct Said: Decodable { var uncertainties: [[Double]], weights: [[Double]], answer: [Double] }
    var counts: [Int], labels: [Int], heads: [[Double]], evidence: Said
    var temperatures: [Double], diversity: [[Double]]
  }

  /// Inputs are ignored; the heads are given.
  struct Given: Pass {
    var heads: [Tensor]
    var readout = Readout.mean
    func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] { heads }
    func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] { features }
    func answer(_ heads: [Tensor]) -> Tensor { readout(heads) }
    func gradient(of value: Tensor, at inputs: Tensor) -> Tensor { value.gradient(at: inputs) }
  }

  private let golden: GoldenFile
  private let classes: ClassCounts

  init() throws {
    golden = try Golden.load("Losses/experts.json")
    classes = try ClassCounts(golden.counts)
  }

  private var heads: [Tensor] {
    golden.heads.map { Tensor($0, shape: [golden.labels.count, 4]) }
  }

  private func batch(_ labels: [Int]) -> Batch {
    Batch(inputs: Tensor.zeros([labels.count, 1]), target: Target(labels))
  }

  private func terms(_ objective: Experts, _ pass: Given, _ labels: [Int], elapsed: Double = 0)
    -> [Terms.Term]
  {
    var memory = Memory()
    return objective.terms(
      [batch(labels)], through: pass, at: Moment(elapsed: elapsed), remembering: &memory
    ).terms
  }

  @Test func theEvidenceIsTheGoldenOne() {
    let evidence = Evidence(of: heads)
    for (found, expected) in zip(evidence.uncertainties, golden.evidence.uncertainties) {
      #expect(difference(found.scalars(as: Double.self), expected, relative: 1e-11) == nil)
    }
    let weights = evidence.weights + [evidence.uncertainty]
    #expect(weights.count == golden.evidence.weights.count)
    for (found, expected) in zip(weights, golden.evidence.weights) {
      // The sum over pairs of the golden programme loses digits where the conflict is near 1.
      #expect(difference(found.scalars(as: Double.self), expected, relative: 1e-8) == nil)
    }
    let answer = Readout.evidential(sharpness: 0.2, threshold: 0.54)(heads)
    #expect(
      difference(answer.scalars(as: Double.self), golden.evidence.answer, relative: 1e-8) == nil)
  }

  /// Experts that are sure of one class do not conflict, w is then the product of their u; those that are sure of two
  /// different ones leave what they contradict. u and w lie in 0…1 whatever the logits.
  @Test func conflictAndAgreement() {
    func row(_ values: Double...) -> Tensor { Tensor(values, shape: [1, values.count]) }
    let one = row(9, -800, -800)
    let same = Evidence(of: [one, one])
    let u = same.uncertainties[0].item()
    #expect(close(same.uncertainty.item(), u * u, relative: 1e-9))
    let apart = Evidence(of: [one, row(-800, 9, -800)])
    #expect(apart.uncertainty.item() > 100 * same.uncertainty.item())
    #expect(close(apart.uncertainty.item(), u * u / (1 - (1 - u) * (1 - u)), relative: 1e-9))
    // No evidence at all: nobody is sure of anything.
    let nothing = Evidence(of: [row(-900, -900, -900), row(-900, -900, -900)])
    #expect(close(nothing.uncertainty.item(), 1) && close(nothing.weights[1].item(), 1))
    for scale in [1, 50, 800, 1e5] {
      let z = (0..<3).map { Tensor.normal([40, 5], using: Generator(seed: $0)) * scale }
      let found = Evidence(of: z)
      for w in found.weights + [found.uncertainty] {
        #expect(w.scalars(as: Double.self).allSatisfy { (0...1 + 1e-12).contains($0) })
      }
      let u = found.uncertainties[0].scalars(as: Double.self)
      #expect(u.allSatisfy { $0 >= 0 && $0 <= 1 } && (scale > 50 || u.allSatisfy { $0 > 0 }))
      let shares = found.shares(sharpness: 0.2).map { $0.scalars(as: Double.self) }
      for i in 0..<40 { #expect(close(shares.reduce(0) { $0 + $1[i] }, 1)) }
      let engaged = found.engaged(above: 0.54).scalars(as: Double.self)
      #expect(engaged.allSatisfy { (1...3).contains($0) })
    }
  }

  @Test func theDiversityIsTheGoldenOne() {
    let temperatures = ExpertDiversity.temperatures(for: classes, factor: 0.3)
    #expect(difference(temperatures, golden.temperatures, relative: 1e-12) == nil)
    let diversity = ExpertDiversity(weight: 0.2, temperatures: temperatures, start: 0.8)
    let mean = Readout.mean(heads)
    for (logits, expected) in zip(heads, golden.diversity) {
      let found = diversity.values(logits, against: mean, elapsed: 0.8).scalars(as: Double.self)
      #expect(difference(found, expected, relative: 1e-9) == nil)
    }
    // Before its time every temperature is 1, as without.
    let plain = ExpertDiversity(weight: 0.2)
    #expect(
      diversity.values(heads[0], against: mean, elapsed: 0.7).scalars(as: Double.self)
        == plain.values(heads[0], against: mean, elapsed: 1).scalars(as: Double.self))
    #expect(ExpertDiversity.temperatures(for: classes, factor: 0) == [1, 1, 1, 1])
    // The commonest class has 1, rarer ones less.
    #expect(
      temperatures[0] == 1 && zip(temperatures, temperatures.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test func diversityByDifferences() {
    let diversity = ExpertDiversity(weight: 0.2, temperatures: golden.temperatures)
    let mean = Readout.mean(heads)
    #expect(
      gradientDifference(at: [heads[0]], absolute: 1e-7) {
        diversity.values($0[0], against: mean, elapsed: 1)
      } == nil)
  }

  /// A step against the gradient takes experts apart, equal experts gain nothing, and without it the terms are those of
  /// before.
  @Test func diversityTakesExpertsApart() {
    let losses = (1...3).map { ("expert-\($0)", CrossEntropy() as any Loss) }
    let plain = terms(Experts(losses), Given(heads: heads), golden.labels)
    let diverse = Experts(losses, diversity: ExpertDiversity(weight: 0.2))
    let found = terms(diverse, Given(heads: heads), golden.labels)
    #expect(plain.map(\.name) == ["expert-1", "expert-2", "expert-3"])
    #expect(found.map(\.name) == plain.map(\.name) + ["diversity-1", "diversity-2", "diversity-3"])
    for (a, b) in zip(plain, found) {
      #expect(a.rows.values.scalars(as: Double.self) == b.rows.values.scalars(as: Double.self))
    }
    #expect(found.suffix(3).allSatisfy { $0.rows.mean.item() < 0 })
    let equal = terms(diverse, Given(heads: [heads[0], heads[0], heads[0]]), golden.labels)
    #expect(equal.suffix(3).allSatisfy { abs($0.rows.mean.item()) < 1e-12 })
    let leaves = heads.map { $0.cloned().requiringGrad() }
    func apart(_ heads: [Tensor]) -> Tensor {
      let mean = Readout.mean(heads)
      return heads.map { ExpertDiversity(weight: 1).values($0, against: mean, elapsed: 0).sum() }
        .reduce(Tensor(0.0)) { $0 + $1 }
    }
    let slopes = apart(leaves).gradients(at: leaves)
    let moved = zip(heads, slopes).map { $0 - $1 * 0.01 }
    #expect(apart(moved).item() < apart(heads).item())
  }

  /// Rows that do not engage an expert are in no value, denominator or gradient of it; class weights stay those of the
  /// rows that do.
  @Test func onlyRowsThatEngageCount() throws {
    let sure = Tensor([12.0, -3, -3, -3, 0.1, 0, 0, 0.2], shape: [2, 4]).requiringGrad()
    let second = Tensor([1.0, 2, 0, 0, 0, 1, 0, 0], shape: [2, 4]).requiringGrad()
    let weights = ClassWeights([1, 2, 3, 4])
    var loss = AdjustedCrossEntropy()
    loss.weights = weights
    let objective = Experts(
      [("a", loss), ("b", loss)], diversity: ExpertDiversity(weight: 0.1), engagement: 0.54)
    let pass = Given(
      heads: [sure, second], readout: .evidential(sharpness: 0.2, threshold: 0.54))
    let found = terms(objective, pass, [0, 3])
    #expect(close(found[0].rows.denominator, weights.values[0] + weights.values[3], relative: 1e-6))
    #expect(close(found[1].rows.denominator, weights.values[3], relative: 1e-6))
    let values = found[1].rows.values.scalars(as: Double.self)
    #expect(values[0] == 0 && values[1] > 0)
    #expect(found[3].name == "diversity-2" && found[3].rows.denominator == 1)
    let slope = found[1].rows.mean.gradient(at: second).scalars(as: Double.self)
    #expect(slope.prefix(4).allSatisfy { $0 == 0 } && slope.suffix(4).contains { $0 != 0 })
    // τ = 0 and experts that leave something: all rows.
    let all = Experts([("a", loss), ("b", loss)], engagement: 0)
    #expect(
      close(
        terms(all, pass, [0, 3])[1].rows.denominator, weights.values[0] + weights.values[3],
        relative: 1e-6))
  }
}
