import Batches
import Losses
import Methods
import Networks
import Plans
import Sampling
import TestSupport
import Testing
import Torch

/// The meta-sampler against a gradient that goes through a step of the layer, and its limits.
@Suite struct MetaSampledTests {
  struct GoldenFile: Decodable {
    struct Step: Decodable {
      var own: [Int], others: [Int], loss: [Double], gradient: [Double], rates: [Double]
    }
    var labels: [Int], counts: [Int], inputs: [Double], network: [Double]
    var step: Double, meta: Double, steps: [Step]
  }

  private let golden: GoldenFile
  private let classes: ClassCounts

  init() throws {
    golden = try Golden.load("Plans/metasampler.json")
    classes = try ClassCounts(golden.counts)
  }

  private func batch(_ rows: [Int]) -> Batch {
    Batch(
      inputs: Tensor(golden.inputs, shape: [golden.labels.count, 4]).indexSelect(
        dim: 0, Tensor(rows.map(Int64.init), shape: [rows.count])),
      target: Target(rows.map { golden.labels[$0] }), examples: rows)
  }

  private var pass: LinearPass {
    LinearPass(matrix: Tensor(golden.network, shape: [4, golden.counts.count]))
  }

  private func objective(step: Double? = nil, meta: Double? = nil) -> MetaSampled {
    MetaSampled(
      AdjustedCrossEntropy.balancedSoftmax(classes), classes: classes, step: step ?? golden.step,
      rate: meta ?? golden.meta)
  }

  /// Three steps: the rows' losses at the rates from before, and the rates after.
  @Test func stepsAreTheGoldenOnes() {
    let objective = objective()
    var memory = objective.memory(for: classes)
    for expected in golden.steps {
      let terms = objective.terms(
        [batch(expected.own), batch(expected.others)], through: pass, at: Moment(),
        remembering: &memory)
      let found = terms.terms[0].rows
      #expect(
        difference(found.values.scalars(as: Double.self), expected.loss, relative: 1e-9) == nil)
      #expect(found.denominator == 8 && terms.batch.examples == expected.own)
      let rates = memory["rates"].scalars(as: Double.self)
      #expect(difference(rates, expected.rates, relative: 1e-7) == nil, "\(rates)")
    }
  }

  /// Without a step to judge by, or a rate of its own, it is the loss of the last layer and nothing else.
  @Test(arguments: [(0.0, 0.3), (0.5, 0.0)])
  func nothingIsLearnt(step: Double, meta: Double) {
    let objective = objective(step: step, meta: meta)
    var memory = objective.memory(for: classes)
    let batches = [batch(golden.steps[0].own), batch(golden.steps[0].others)]
    let plain = AdjustedCrossEntropy.balancedSoftmax(classes)(
      pass(batches[0].inputs).logits, batches[0].target)
    for _ in 0..<3 {
      let terms = objective.terms(batches, through: pass, at: Moment(), remembering: &memory)
      #expect(
        difference(
          terms.terms[0].rows.values.scalars(as: Double.self),
          plain.values.scalars(as: Double.self), relative: 1e-12) == nil)
    }
    #expect(memory["rates"].scalars(as: Double.self) == [0, 0, 0])
  }

  /// Weights have a mean of 1 over the data, whatever the rates, and a class of a higher rate counts more.
  @Test func weightsKeepTheMean() {
    let rates = Tensor([-2.0, 0.5, 3], shape: [3])
    let rows = golden.counts.enumerated().flatMap { [Int](repeating: $0, count: $1) }
    let weights = objective().rowWeights(rates, rows).scalars(as: Double.self)
    #expect(close(weights.reduce(0, +) / Double(rows.count), 1, relative: 1e-12))
    let byClass = objective().rowWeights(rates, [0, 1, 2]).scalars(as: Double.self)
    #expect(byClass[0] < byClass[1] && byClass[1] < byClass[2])
  }

  /// A class that balanced rows are wrong about gains: its rate rises over the others.
  @Test func rareRowsThatAreWrongGain() {
    let objective = objective(step: 1, meta: 0.05)
    var memory = objective.memory(for: classes)
    let rare = golden.labels.indices.filter { golden.labels[$0] == 2 }
    let common = golden.labels.indices.filter { golden.labels[$0] == 0 }
    let own = Array(common.prefix(6)) + rare
    for _ in 0..<20 {
      _ = objective.terms(
        [batch(own), batch(rare + rare)], through: pass, at: Moment(), remembering: &memory)
    }
    let rates = memory["rates"].scalars(as: Double.self)
    #expect(rates[2] > rates[0] + 0.5, "\(rates)")
  }

  @Test func itsStagesAreAPlainOneAndOneOfTheLastLayer() throws {
    let stages = BalancedMetaSoftmax().stages(for: classes)
    #expect(stages.count == 2 && stages[1].trains == .heads && stages[1].needsLinearHeads)
    #expect(stages[1].streams.map(\.isAsItComes) == [true, false])
    #expect(!stages[0].needsLinearHeads && !stages[1].takesClassMass)
  }
}
