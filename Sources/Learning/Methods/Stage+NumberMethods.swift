import Losses
import Mixing
import Plans
import Sampling

extension Stage {
  /// Part of the run's learning rate at which numbers are learnt: a squared error has up to eight times the curvature of a
  /// cross-entropy, and diverges at the rates that suit this. It is that of `squared-error`.
  static let numberRate = 0.1

  /// A loss of numbers, which it sees in units of their mean and standard deviation.
  ///
  /// - Parameters:
  ///   - loss: a loss of entries.
  ///   - mixing: how the streams become one batch.
  ///   - samplers: one per stream; those of classes draw by ranges of the number.
  static func ofNumbers(
    _ loss: any Loss = SquaredError(), mixing: any Mixing = Unmixed(),
    samplers: [any Sampler] = [UniformSampler()]
  ) -> Stage {
    var stage = Stage(Supervised(loss, mixing: mixing), samplers: samplers)
    stage.rate = .restarts(factor: numberRate)
    return stage
  }
}
