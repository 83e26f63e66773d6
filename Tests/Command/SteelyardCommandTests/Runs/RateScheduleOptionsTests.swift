import Schedules
import SteelyardCommand
import Testing
import Training

@Suite struct RateScheduleOptionsTests {
  private func factor(
    at progress: Double, _ change: (inout TrainOptions) -> Void
  ) throws -> Double {
    var options = TrainOptions()
    (options.epochs, options.lr) = (10, 0.1)
    change(&options)
    switch try RateSchedule(options) {
    case .planned(let schedule): return schedule(progress)
    case .plateau(let plateau, let warmup): return plateau.factor * warmup(progress)
    }
  }

  @Test func warmUpIsAPartOfTheEpochs() throws {
    for kind in ScheduleKind.allCases {
      #expect(
        try factor(at: 0.1) { ($0.sched, $0.warmupEpochs) = (kind, 2) } == 0.5, "\(kind)")
    }
  }

  @Test func cosineEndsAtTheLowestRate() throws {
    let end = try factor(at: 1) { ($0.sched, $0.minLr) = (.cosine, 0.01) }
    #expect(abs(end - 0.1) < 1e-12)
  }

  @Test func stepsFallAtWholeEpochsWithOrWithoutWarmUp() throws {
    for warmup in [0.0, 1] {
      for (epoch, expected) in [(3.9, 1.0), (4.1, 0.1), (7.9, 0.1), (8.1, 0.01)] {
        let factor = try factor(at: epoch / 10) {
          ($0.sched, $0.decayEpochs, $0.warmupEpochs) = (.step, 4, warmup)
        }
        #expect(abs(factor - expected) < 1e-9, "epoch \(epoch), warm-up \(warmup)")
      }
    }
  }

  /// As in timm: the warm-up rises to the full rate, and a drop that was due meanwhile follows it.
  @Test func dropsDuringWarmUpFollowIt() throws {
    let rates = [(1.5, 0.3), (4.9, 0.98), (5.1, 0.01), (5.9, 0.01), (6.1, 0.001), (8.1, 1e-4)]
    for (epoch, expected) in rates {
      let factor = try factor(at: epoch / 10) {
        ($0.sched, $0.decayEpochs, $0.warmupEpochs) = (.step, 2, 5)
      }
      #expect(abs(factor - expected) < 1e-9, "epoch \(epoch)")
    }
  }

  @Test func contradictionsAreNamed() {
    #expect(throws: OptionError.conflict("min-lr (0.2) is above lr (0.1); make it smaller")) {
      try factor(at: 0) { $0.minLr = 0.2 }
    }
    #expect(
      throws: OptionError.conflict(
        "warmup-epochs (10) takes up all 10 epochs; make it smaller than epochs")
    ) {
      try factor(at: 0) { $0.warmupEpochs = 10 }
    }
  }
}
