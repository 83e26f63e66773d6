import Batches
import Evaluation
import Files
import Inference
import Methods
import Networks
import Plans
import Runs
import Sampling
import TestSupport
import Testing
import Torch
import Training
import Weights

/// Runs in which a head is fitted and nothing follows a gradient.
@Suite struct FittedRunTests {
  static let methods: [any Method] = [
    LogisticProbe(), NearestNeighbours(), ClassMeans(), EasyEnsemble(), RUSBoost(), SMOTETomek(),
    ProportionalOddsProbe(), presto,
  ]

  /// At a price, for more features than rows leave its first threshold without a bound.
  private static var presto: PRESTO {
    var presto = PRESTO()
    (presto.lambda, presto.penalisesFirst) = (0.01, true)
    return presto
  }

  @Test func theseAreFittedAndOthersAreNot() throws {
    let counts = try ClassCounts([5, 2])
    #expect(Self.methods.allSatisfy { $0.isFitted(for: counts) })
    #expect(!ERM().isFitted(for: counts) && !NearestMean().isFitted(for: counts))
  }

  /// One epoch without a step: the backbone keeps its bytes, the model that is written answers as the run did, and a run
  /// stopped anywhere ends with the same bytes.
  @Test(arguments: methods)
  func aWholeRun(method: any Method) throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(method, epochs: 1, folder: folder)
      tiny.plan.checkpointSteps = 1
      let directory = try tiny.directory("run")
      let asked = try tiny.runCountingStops(in: directory)
      #expect(asked > 0)
      let (network, description) = try ModelFile.read(directory.model, on: .cpu)
      #expect(description.method == type(of: method).name)
      let fresh = try tiny.trainer(in: nil)
      #expect(fresh.network.featureDigest == network.featureDigest)
      let test = try #require(tiny.data.test)
      let again = try Predictor(
        batchSize: 32, workers: 1, autocast: nil, device: .cpu
      ).predictions(
        on: test, by: network, classes: description.classes, description.preprocessing)
      let written = try Predictions.read(directory.predictions("test"))
      #expect(difference(again.probabilities, written.probabilities, absolute: 1e-6) == nil)
      // A fit asks at every step: some of them.
      for point in stride(from: 1, through: asked, by: max(1, asked / 12)) {
        let stopped = try tiny.directory("stopped")
        try tiny.runUntilStopped(in: stopped, at: point)
        _ = try tiny.trainer(in: stopped, resuming: true).run()
        #expect(try TinyRun.bytes(stopped) == TinyRun.bytes(directory), "after a stop at \(point)")
      }
    }
  }

  /// A dry run fits and says that there are no steps.
  @Test func theFirstStepOfNone() throws {
    try withTemporaryFolder { folder in
      let tiny = try TinyRun(LogisticProbe(), epochs: 1, folder: folder)
      let step = try tiny.trainer(in: nil).firstStep()
      #expect(step.stepsPerEpoch == 0 && step.loss == 0)
    }
  }

  /// The frozen baseline of weights is what the methods make of a network that begins from them.
  @Test func frozenBaselineIsTheMethods() throws {
    try withTemporaryFolder { folder in
      let tiny = try TinyRun(NearestNeighbours(), epochs: 1, folder: folder)
      let weights = try Architectures.named("resnet20").build(
        classes: 7, using: Generator(seed: 11)
      ).stateDict
      let predictor = Predictor(batchSize: 32, workers: 1, autocast: nil, device: .cpu)
      let answers = try FrozenBaseline(
        weights, of: "resnet20", tiny.plan.preprocessing, predictor
      ).answers(on: tiny.data, of: FrozenBaselineTests.heads)
      #expect(answers.allSatisfy { $0.predictions.keys.sorted() == ["test", "val"] })
      let directory = try tiny.directory("run")
      _ = try Trainer(
        tiny.plan, data: tiny.data, directory: directory, pretrained: weights
      ).run()
      let run = try Predictions.read(directory.predictions("test"))
      let own = try #require(answers[0].predictions["test"])
      #expect(own.paths == run.paths && own.truths == run.truths)
      #expect(difference(own.probabilities, run.probabilities, absolute: 1e-4) == nil)
      let other = try #require(answers[1].predictions["test"])
      #expect(other.paths == run.paths && other.truths == run.truths)
      #expect(difference(other.probabilities, run.probabilities, absolute: 1e-4) != nil)
    }
  }

  /// A cosine head in place of a linear one, where the plan asks for it; a method with a head of its own keeps that.
  @Test func theHeadOfThePlan() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(ERM(), epochs: 1, folder: folder)
      tiny.plan.head = .cosine(scale: 16)
      #expect(try tiny.trainer(in: nil).network.form.head == .cosine(scale: 16))
      let directory = try tiny.directory("run")
      _ = try tiny.trainer(in: directory).run()
      #expect(try ModelFile.read(directory.model, on: .cpu).network.form.head == .cosine(scale: 16))
      tiny.plan.head = nil
      #expect(throws: RunError.self) { try tiny.trainer(in: directory, resuming: true) }
    }
  }
}
