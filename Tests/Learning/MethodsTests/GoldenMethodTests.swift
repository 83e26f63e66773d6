import Batches
import Losses
import Methods
import Networks
import Plans
import Randomness
import Sampling
import TestSupport
import Testing
import Torch

/// Whole first steps, sampling to loss, against the formulas written again in NumPy.
@Suite struct GoldenMethodTests {
  struct GoldenSteps: Decodable {
    var labels: [Int], counts: [Int], inputs: [Double], network: [Double]
    var batch: Int, seed: UInt64, progress: Double
    var losses: [String: [Double]]
  }

  /// Methods whose second stage draws, weighs or loses something of its own; its goldens are called NAME/2.
  static let ofTwoStages = [
    "crt", "lws", "drs", "supcon", "sbcl", "kcl", "tsc", "mislas", "gcl", "disalign",
    "weight-balancing", "ib", "two-phase",
  ]

  /// Of what takes steps; what is fitted has its goldens in `Goldens/Plans/fits.json`.
  @Test(
    arguments: catalogue.map { $0.init() as any Method }.filter { method in
      (try? ClassCounts([9, 3, 1])).map { !method.isFitted(for: $0) } ?? true
    })
  func firstStep(method: any Method) throws {
    let name = type(of: method).name
    let goldens = try Golden.files(in: "Methods").map { try Golden.load($0, as: GoldenSteps.self) }
    let golden = try #require(
      goldens.first { $0.losses[name] != nil }, "no file of Goldens/Methods has \(name)")
    let found = try losses(of: method, stage: 0, as: golden)
    #expect(
      difference(found, golden.losses[name] ?? [], relative: 1e-6, absolute: 1e-6) == nil)
  }

  @Test(arguments: ofTwoStages)
  func firstStepOfTheSecondStage(name: String) throws {
    let golden = try Golden.load("Methods/stages.json", as: GoldenSteps.self)
    #expect(Set(golden.losses.keys) == Set(Self.ofTwoStages.map { $0 + "/2" }))
    let found = try losses(of: try method(named: name).init(), stage: 1, as: golden)
    let expected = try #require(golden.losses[name + "/2"])
    #expect(difference(found, expected, relative: 1e-6, absolute: 1e-6) == nil)
  }

  /// What the rows of the first step of a stage lose, term by term.
  private func losses(
    of method: any Method, stage number: Int, as golden: GoldenSteps
  ) throws -> [Double] {
    let classes = try ClassCounts(golden.counts)
    let stages = method.stages(for: classes)
    try #require(number < stages.count)
    let stage = stages[number]
    let key = RandomKey(seed: golden.seed)
    let inputs = Tensor(golden.inputs, shape: [golden.labels.count, 4])
    let streams = stage.streams.enumerated().map { number, stream in
      var source = key.folding("sampler").folding(number).source
      let drawn = stream.sampler.indices(
        for: golden.labels, classes: classes, progress: golden.progress, using: &source
      ).prefix(golden.batch)
      return Batch(
        inputs: Pictures.inputs(
          inputs.indexSelect(dim: 0, Tensor(drawn.map(Int64.init), shape: [drawn.count])),
          for: method.network),
        target: Target(drawn.map { golden.labels[$0] }), examples: Array(drawn))
    }
    let batches = TinyRun.batches(of: stage, streams)
    var memory = stage.objective.memory(for: classes)
    let network = Tensor(golden.network, shape: [4, golden.counts.count])
    return stage.objective.terms(
      batches, through: LinearPass(form: method.network, matrix: network),
      at: Moment(stage: number, progress: golden.progress, key: key), remembering: &memory
    ).terms.flatMap { $0.rows.values.scalars(as: Double.self) }
  }
}
