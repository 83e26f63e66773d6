import Evaluation
import Schedules
package import Training

extension RateSchedule {
  /// The course of the learning rate that the options ask for; epochs become parts of the run.
  /// - Throws: `OptionError` for options that contradict each other.
  package init(_ options: TrainOptions) throws(OptionError) {
    let warmup = options.warmupEpochs / Double(options.epochs)
    guard warmup < 1 else {
      throw .conflict(
        "warmup-epochs (\(options.warmupEpochs.yaml)) takes up all \(options.epochs) epochs; "
          + "make it smaller than epochs")
    }
    guard options.minLr <= options.lr else {
      throw .conflict(
        "min-lr (\(options.minLr.yaml)) is above lr (\(options.lr.yaml)); make it smaller")
    }
    let floor = options.minLr / options.lr
    switch options.sched {
    case .constant: self = .planned(Self.warming(Constant(), for: warmup))
    case .cosine: self = .planned(Self.warming(Cosine(floor: floor), for: warmup))
    case .step: self = .planned(Self.warming(Self.steps(options), for: warmup))
    case .plateau:
      let plateau = Plateau(
        mode: options.evalMetric.higherIsBetter ? .max : .min, decay: options.decayRate,
        patience: options.patienceEpochs, minimum: floor)
      self = .plateau(plateau, warmup: Self.warming(Constant(), for: warmup))
    }
  }

  private static func warming(_ rest: some Schedule, for fraction: Double) -> any Schedule {
    fraction > 0 ? Warmup(fraction: fraction, then: rest) : rest
  }

  /// Drops at every multiple of `decay-epochs`, as parts of what follows the warm-up.
  private static func steps(_ options: TrainOptions) -> Step {
    let whole = Double(options.epochs) - options.warmupEpochs
    let drops = stride(
      from: options.decayEpochs, to: Double(options.epochs), by: options.decayEpochs)
    // A drop that falls within the warm-up is due when it ends, as in timm.
    let milestones = drops.map { max($0 - options.warmupEpochs, 0) / whole }
    return Step(milestones: milestones, gamma: options.decayRate)
  }
}
