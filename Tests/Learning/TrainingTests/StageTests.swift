import Networks
import Optimizers
import Runs
import TestSupport
import Testing
import Torch
import Training

/// What goes on from one stage to the next, and what does not.
@Suite struct StageTests {
  /// Takes down the parameters after every epoch.
  private final class Notes: TrainingObserver {
    var network: Network?
    var parameters: [[Double]] = []
    func epochEnded(_ record: EpochRecord, seconds: Double) {
      parameters.append(network?.parameters.flatMap { $0.tensor.scalars(as: Double.self) } ?? [])
    }
  }

  /// With a gradient of 0 only what the optimiser remembers could move a weight.
  @Test(arguments: OptimizerKind.allCases)
  func aStageBeginsWithAFreshOptimizer(kind: OptimizerKind) throws {
    try withTemporaryFolder { folder in
      var tiny = try TinyRun(TwoStages(), epochs: 4, folder: folder)
      tiny.plan.optimizer = OptimizerSettings(
        kind: kind, momentum: 0.9, nesterov: true, weightDecay: 0)
      let notes = Notes()
      let trainer = try Trainer(tiny.plan, data: tiny.data, directory: nil, observer: notes)
      notes.network = trainer.network
      _ = try trainer.run()
      #expect(notes.parameters.count == 4)
      #expect(notes.parameters[0] != notes.parameters[1], "the first stage learns")
      #expect(notes.parameters[1] == notes.parameters[2])
      #expect(notes.parameters[1] == notes.parameters[3])
    }
  }
}
