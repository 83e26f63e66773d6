import Batches
import Files
import Foundation
import Inference
import Methods
import Networks
import Optimizers
import Plans
import Runs
import Schedules
import TestSupport
import Testing
import Training
import Weights

/// Stopped anywhere and resumed, a run ends with the same bytes as one never stopped: in the middle and at the end of each run but
/// the first; at all points that are named here in the proofs.
@Suite struct ResumeTests {
  private func whole(_ tiny: TinyRun) throws -> (bytes: [String: [UInt8]], asked: Int) {
    let directory = try tiny.directory("whole")
    let asked = try tiny.runCountingStops(in: directory)
    return (try TinyRun.bytes(directory), asked)
  }

  private func interrupted(_ tiny: TinyRun, at point: Int) throws -> [String: [UInt8]] {
    let directory = try tiny.directory("stopped")
    try tiny.runUntilStopped(in: directory, at: point)
    _ = try tiny.trainer(in: directory, resuming: true).run()
    return try TinyRun.bytes(directory)
  }

  private func sweep(_ tiny: TinyRun, every stride: Int = 1) throws {
    let reference = try whole(tiny)
    let points = Array(Swift.stride(from: 1, through: reference.asked, by: stride))
    let isWhole = stride == 1 || Proofs.areAsked
    for point in isWhole ? points : Proofs.some(3, of: points).suffix(2) {
      let bytes = try interrupted(tiny, at: point)
      for (name, golden) in reference.bytes {
        let same = bytes[name] == golden
        #expect(same, "\(name) differs after a stop at point \(point)")
      }
    }
  }

  @Test func everyStopPointOfBalancedMixup() throws {
    try withTemporaryFolder { folder in try sweep(try TinyRun(folder: folder)) }
  }

  @Test func withAccumulationAverageClippingAndPlateau() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(MixupTraining(), folder: folder)
      tiny.plan.accumulation = 3
      tiny.plan.averageDecay = 0.9
      tiny.plan.clipNorm = 1
      tiny.plan.optimizer.kind = .adamw
      tiny.plan.learningRate = 0.002
      tiny.plan.schedule = .plateau(Plateau(mode: .max, patience: 0), warmup: Constant())
      try sweep(tiny, every: 2)
    }
  }

  @Test func lastBlocksAtRatesOfTheirOwn() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(LIFT(), folder: folder)
      (tiny.plan.tuning, tiny.plan.layerDecay, tiny.plan.dropPath) = (.blocks(2), 0.5, 0.3)
      if var images = tiny.plan.preprocessing.images {
        images.margin = 2
        tiny.plan.preprocessing = .images(images)
      }
      try sweep(tiny, every: 3)
    }
  }

  @Test func acrossStages() throws {
    try withTemporaryFolder { folder in
      try sweep(try TinyRun(TwoStages(), folder: folder), every: 2)
    }
  }

  /// Two streams into two branches; three experts under a cosine head each.
  @Test(arguments: [BilateralBranch() as any Method, SADE()])
  func ofSeveralBranches(method: any Method) throws {
    try withTemporaryFolder { folder in
      try sweep(try TinyRun(method, folder: folder), every: 4)
    }
  }

  /// Views, a projection that goes, a queue, subclasses that are made anew, teachers, unlabelled rows.
  @Test(arguments: TinyRun.ofSecondHalf)
  func ofViewsAndTeachers(method: any Method) throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(method, epochs: 4, folder: folder)
      tiny.plan.checkpointSteps = 3
      try sweep(tiny, every: 5)
    }
  }

  /// Evidence, drawn partners, centres, targets, distributions, what was said on the whole.
  @Test(arguments: TinyRun.ofExpertsAndContrasts)
  func ofExpertsAndContrasts(method: any Method) throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(method, epochs: 3, folder: folder)
      tiny.plan.checkpointSteps = 3
      try sweep(tiny, every: 9)
    }
  }

  /// One class against the rest, grades as a chain of questions and as numbers, images given back.
  @Test(arguments: TinyRun.ofOtherTargets)
  func ofOtherTargets(method: any Method) throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(method, epochs: 2, folder: folder)
      tiny.plan.checkpointSteps = 3
      try sweep(tiny, every: 4)
    }
  }

  /// Pasted, paired, hidden and agreeing mixtures, a confusion matrix, features of a second stage; scales with
  /// shifted statistics, calibrated scores, weights held to a length.
  @Test(arguments: TinyRun.ofMixing)
  func ofMixingAndDecoupling(method: any Method) throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(method, epochs: 3, folder: folder)
      tiny.plan.checkpointSteps = 3
      try sweep(tiny, every: 5)
    }
  }

  /// Headers have a largest size; the state grows with classes and epochs, and is none of it.
  @Test func theStateIsNotInTheHeader() throws {
    try withTemporaryFolder { folder in
      let tiny = try TinyRun(epochs: 1, folder: folder)
      let directory = try tiny.directory("run")
      _ = try tiny.trainer(in: directory).run()
      #expect(try Safetensors.metadata(of: directory.last) == ["format": "pt"])
    }
  }

  @Test func aDamagedCheckpointSaysTheWayOn() throws {
    try withTemporaryFolder { folder in
      let tiny = try TinyRun(epochs: 1, folder: folder)
      let directory = try tiny.directory("run")
      _ = try tiny.trainer(in: directory).run()
      let whole = try FileBytes.read(directory.last)
      for bytes in [Array(whole.dropLast(9)), Array(whole.prefix(4)), []] {
        try AtomicFile.write(bytes, to: directory.last)
        let error = #expect(throws: RunError.self) {
          try tiny.trainer(in: directory, resuming: true)
        }
        let words = error?.description ?? ""
        #expect(words.hasPrefix(directory.last + ": "), "\(words)")
        #expect(
          words.hasSuffix(
            "\nThe run cannot go on from this checkpoint. The weights of its best epoch are in "
              + directory.best), "\(words)")
      }
      try FileManager.default.removeItem(atPath: directory.best)
      let error = #expect(throws: RunError.self) {
        try tiny.trainer(in: directory, resuming: true)
      }
      #expect(
        error?.description.hasSuffix(
          "The run cannot go on from this checkpoint. Start it again") == true)
    }
  }

  /// A state may say anything of its network: what none can be built from is an error.
  @Test func aFormThatNoNetworkHasIsRefused() throws {
    try withTemporaryFolder { folder in
      let tiny = try TinyRun(epochs: 1, folder: folder)
      let directory = try tiny.directory("run")
      _ = try tiny.trainer(in: directory).run()
      let whole = try FileBytes.read(directory.last)
      let (one, none) = (Array("\"branches\":1".utf8), Array("\"branches\":0".utf8))
      let changed = whole.replacing(one, with: none)
      try #require(changed != whole)
      try AtomicFile.write(changed, to: directory.last)
      let error = #expect(throws: RunError.self) {
        try tiny.trainer(in: directory, resuming: true)
      }
      let words = error?.description ?? ""
      #expect(words.contains("expected 1 to 64 branches, got 0"), "\(words)")
    }
  }

  /// Header and state are enough to refuse a checkpoint, so that no data are read for it.
  @Test func aDamagedCheckpointIsSeenWithoutData() throws {
    try withTemporaryFolder { folder in
      let tiny = try TinyRun(epochs: 1, folder: folder)
      let directory = try tiny.directory("run")
      try Trainer.checkSaved(in: directory)
      _ = try tiny.trainer(in: directory).run()
      try Trainer.checkSaved(in: directory)
      let whole = try FileBytes.read(directory.last)
      let format = Array("\"format\":2".utf8)
      let place = try #require(
        whole.indices.dropLast(format.count).first { whole[$0...].starts(with: format) })
      var older = whole
      older[place + format.count - 1] = UInt8(ascii: "1")
      for (bytes, words) in [
        (Array(whole.dropLast(9)), "cut short"), ([], "is empty"),
        (older, "(format 1, this one resumes format 2)"),
      ] {
        try AtomicFile.write(bytes, to: directory.last)
        let early = #expect(throws: RunError.self) { try Trainer.checkSaved(in: directory) }
        let late = #expect(throws: RunError.self) {
          try tiny.trainer(in: directory, resuming: true)
        }
        #expect(
          early == late && early?.description.contains(words) == true,
          "\(words): \(early?.description ?? "")")
      }
    }
  }

  @Test func otherSettingsAreRefused() throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(epochs: 1, folder: folder)
      let directory = try tiny.directory("run")
      _ = try tiny.trainer(in: directory).run()
      tiny.plan.learningRate = 0.01
      #expect(
        throws: RunError.differs(directory.path, what: "settings or data have changed")
      ) { try tiny.trainer(in: directory, resuming: true) }
    }
  }

  @Test func killedBeforeTheFirstCheckpointItBeginsAnew() throws {
    try withTemporaryFolder { folder in
      let tiny = try TinyRun(epochs: 1, folder: folder)
      let reference = try whole(tiny)
      let directory = try tiny.directory("run")
      let trainer = try tiny.trainer(in: directory, resuming: true)
      #expect(trainer.position == (0, 0))
      _ = try trainer.run()
      for (name, golden) in reference.bytes {
        let same = try TinyRun.bytes(directory)[name] == golden
        #expect(same, "\(name) differs")
      }
    }
  }
}
