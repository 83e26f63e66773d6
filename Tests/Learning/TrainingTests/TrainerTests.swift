import Batches
import Evaluation
import Files
import Imaging
import Inference
import Methods
import Networks
import Optimizers
import Plans
import Runs
import Sampling
import Schedules
import TestSupport
import Testing
import Torch
import Training

/// Does nothing for the first epoch of three, then too much.
private struct Late: Schedule {
  func callAsFunction(_ progress: Double) -> Double { progress < 0.4 ? 0 : 1 }
}

@Suite struct TrainerTests {
  @Test func float16IsRefused() throws {
    try withTemporaryFolder { folder in
      var run = try TinyRun(folder: folder)
      run.plan.autocast = .float16
      #expect(throws: TrainingError.unscaledFloat16) {
        try Trainer(run.plan, data: run.data, directory: nil)
      }
    }
  }

  /// Those that follow a gradient.
  static let trained = catalogue.map { $0.init() as any Method }.filter { method in
    (try? ClassCounts([20, 8, 3])).map { !method.isFitted(for: $0) } ?? true
  }

  /// Muon, and the steps of sharpness-aware minimisation around it, go with every method: all stages run, what learns moves,
  /// and nothing leaves the finite numbers. A fourth of them; all in the proofs.
  @Test(arguments: Proofs.some(20, of: trained))
  func everyMethodTrainsByMuonAndSharpness(method: any Method) throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(method, counts: [10, 4, 3], epochs: 2, folder: folder)
      (tiny.plan.optimizer.kind, tiny.plan.optimizer.sam) = (.muon, 0.05)
      tiny.plan.learningRate = 0.02
      let trainer = try tiny.trainer(in: nil)
      let first = try #require(trainer.network.parameters.first)
      let before = first.tensor.scalars(as: Float.self)
      let history = try trainer.run().history
      #expect(history.count == 2)
      #expect(history.allSatisfy { $0.trainLoss.isFinite })
      let parameters = trainer.network.parameters
      let after = try #require(parameters.first { $0.name == first.name })
      #expect(after.tensor.scalars(as: Float.self) != before)
      for parameter in parameters {
        let isFinite = parameter.tensor.scalars(as: Float.self).allSatisfy(\.isFinite)
        #expect(isFinite, "\(parameter.name)")
      }
    }
  }

  @Test(arguments: trained)
  func everyMethodTrainsAndSaysWhatItDrew(method: any Method) throws {
    try withTemporaryFolder { folder in
      let tiny = try TinyRun(method, epochs: 3, folder: folder)
      let outcome = try tiny.trainer(in: nil).run()
      #expect(outcome.history.count == 3)
      for record in outcome.history {
        #expect(record.trainLoss.isFinite && record.trainLoss > 0)
        #expect(abs(record.drawn.map(\.mass).reduce(0, +) - 1) < 1e-6)
        #expect(zip(record.drawn, [20, 8, 3]).allSatisfy { $0.distinct <= $1 })
        let streams = method.stages(for: tiny.data.counts)[0].streams.count
        let drawn = record.drawn.map(\.examples).reduce(0, +)
        // What is mixed now and then takes of the second stream what it mixes.
        let least = method is ContextRichOversampling ? 28 : 28 * streams
        #expect((least...28 * streams).contains(drawn))
      }
    }
  }

  @Test func whatCannotLearnIsNamed() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(LIFT(), folder: folder)
      tiny.plan.tuning = nil
      let error = #expect(throws: TrainingError.self) { try tiny.trainer(in: nil) }
      let words = error?.description ?? ""
      #expect(
        words.hasPrefix("tune adaptformer: expected no adaptformer for resnet20, whose blocks have")
      )
      #expect(words.hasSuffix("vit_large_patch16_siglip_256"))
    }
  }

  @Test func drawnMassComesNearTheExpectedMass() throws {
    try withTemporaryFolder { folder in
      let method = try BalancedMixupTraining.with(["alpha": "0.3"])
      let tiny = try TinyRun(method, counts: [60, 12, 4], epochs: 12, folder: folder)
      let outcome = try tiny.trainer(in: nil).run()
      let expected = method.expectedLabelMass(for: tiny.data.counts)
      for c in expected.indices {
        let drawn = outcome.history.map { $0.drawn[c].mass }.reduce(0, +) / 12
        #expect(abs(drawn - expected[c]) < 0.04, "class \(c): \(drawn) for \(expected[c])")
      }
    }
  }

  @Test func learnsWhatIsEasy() throws {
    try withTemporaryFolder { folder in
      let tiny = try TinyRun(epochs: 8, folder: folder)
      let outcome = try tiny.trainer(in: try tiny.directory("run")).run()
      let report = try #require(outcome.reports["test"])
      #expect(try #require(report["balanced_accuracy"]) > 0.95)
      #expect(report.n == 9)
    }
  }

  @Test(arguments: [BalancedMixupTraining() as any Method] + TinyRun.ofSecondHalf)
  func workersChangeNothing(method: any Method) throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(method, folder: folder)
      tiny.plan.workers = 1
      let one = try tiny.directory("one")
      _ = try tiny.trainer(in: one).run()
      tiny.plan.workers = 3
      tiny.plan.cacheBytes = 0
      let three = try tiny.directory("three")
      _ = try tiny.trainer(in: three).run()
      let same = try TinyRun.bytes(one) == TinyRun.bytes(three)
      #expect(same)
    }
  }

  /// The device of a batch makes what is drawn, weak and strong views, and the run is the same to the byte.
  @Test(
    arguments: [PresetName.resizedCrop, .paper],
    [BalancedMixupTraining() as any Method, FixMatch()])
  func whoAugmentsChangesNothing(preset: PresetName, method: any Method) throws {
    try withTemporaryFolder { folder in
      let runs = try [AugmentationChoice.workers, .device].map { choice in
        var tiny = try TinyRun(method, folder: folder)
        tiny.plan.augmentation = choice
        tiny.plan.preprocessing = Preprocessing(
          size: ImageSize(8), preset: preset,
          normalization: Normalization(mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25]))
        let directory = try tiny.directory("\(choice)")
        let trainer = try tiny.trainer(in: directory)
        _ = try trainer.run()
        #expect((trainer.augmentationPlace.made > 0) == (choice == .device))
        return try TinyRun.bytes(directory)
      }
      let same = runs[0] == runs[1]
      #expect(same)
    }
  }

  @Test func batchesOfOneImageNeedMoreThanOnePixelAtEveryNormalisation() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(epochs: 1, folder: folder)
      tiny.plan.batchSize = 1
      #expect(throws: Never.self) { try tiny.trainer(in: nil) }  // 2 × 2 pixels at the end
      tiny.plan.architecture = "mobilenet_v2"
      let error = #expect(
        throws: TrainingError.singleValue(architecture: "mobilenet_v2", size: "8×8")
      ) { try tiny.trainer(in: nil) }
      #expect(
        error?.description
          == "mobilenet_v2 cannot learn from batches of one image of 8×8 pixels: its batch "
          + "normalisation gets a single value per channel, which has no spread; "
          + "use batches of two or more, or larger images")
      tiny.plan.batchSize = 2
      #expect(throws: Never.self) { try tiny.trainer(in: nil) }
    }
  }

  @Test func theSeedChangesTheResult() throws {
    try withTemporaryFolder { folder in
      let first = try TinyRun(epochs: 1, seed: 1, folder: folder)
      let second = try TinyRun(epochs: 1, seed: 2, folder: folder)
      let losses = try [first, second].map { try $0.trainer(in: nil).run().history[0].trainLoss }
      #expect(losses[0] != losses[1])
    }
  }

  @Test func twoClassesAndASingleExampleWork() throws {
    try withTemporaryFolder { folder in
      let tiny = try TinyRun(counts: [15, 1], epochs: 1, folder: folder)
      let outcome = try tiny.trainer(in: nil).run()
      #expect(outcome.history[0].drawn[1].distinct == 1)
      #expect(outcome.history[0].drawn[1].examples > 1)
    }
  }

  @Test func fewerImagesThanABatchMakeOneStep() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(counts: [2, 1], epochs: 1, folder: folder)
      tiny.plan.batchSize = 64
      #expect(try tiny.trainer(in: nil).run().history[0].drawn[0].examples >= 2)
    }
  }

  @Test func anExplodingLossNamesStepFilesAndCheckpoint() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(ERM(), epochs: 3, folder: folder)
      tiny.plan.learningRate = 1e18
      tiny.plan.schedule = .planned(Late())
      let directory = try tiny.directory("run")
      let error = #expect(throws: TrainingError.self) { try tiny.trainer(in: directory).run() }
      guard case .notFinite(_, let epoch, let step, let files, let good) = error else {
        Issue.record("expected .notFinite, got \(String(describing: error))")
        return
      }
      #expect(epoch == 2 && step >= 1)
      #expect(files.count == 4 && files.allSatisfy { $0.hasPrefix("set1/") })
      #expect(good == directory.last)
    }
  }

  @Test func patienceEndsTheRun() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(epochs: 30, folder: folder)
      tiny.plan.learningRate = 1e-12  // nothing changes, so no epoch after the first is better
      tiny.plan.patience = 2
      #expect(try tiny.trainer(in: nil).run().history.count < 12)
    }
  }

  @Test func withoutValidationTheLastEpochIsBest() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(folder: folder)
      tiny.data = try TrainingData(
        classes: tiny.data.classes, train: tiny.data.train, val: nil, test: tiny.data.test)
      #expect(try tiny.trainer(in: nil).run().bestEpoch == 2)
    }
  }

  @Test func withoutADirectoryTheBestWeightsAreJudgedToo() throws {
    try withTemporaryFolder { folder in
      let tiny = try TinyRun(epochs: 6, folder: folder)
      let kept = try tiny.trainer(in: try tiny.directory("run")).run()
      let unkept = try tiny.trainer(in: nil).run()
      #expect(unkept.bestEpoch == kept.bestEpoch)
      #expect(unkept.reports == kept.reports)
    }
  }

  @Test func weightsThatDivergeAreNotSavedAsGood() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(ERM(), epochs: 1, folder: folder)
      tiny.plan.learningRate = 1e38  // the first update overflows; the loss before it is finite
      tiny.plan.schedule = .planned(Constant())
      tiny.plan.checkpointSteps = 1
      let directory = try tiny.directory("run")
      let error = #expect(throws: TrainingError.self) { try tiny.trainer(in: directory).run() }
      #expect(error?.description.contains("no checkpoint was made yet") == true)
    }
  }
}
