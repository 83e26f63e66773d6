public import ArgumentParser
public import Datasets
public import Decisions
public import Evaluation
public import Imaging
public import Optimizers
public import Reports
public import Schedules
public import Uncertainty

extension OptimizerKind: ExpressibleByArgument {}
extension ScheduleKind: ExpressibleByArgument {}
extension SelectionMetric: ExpressibleByArgument {}
extension AmpChoice: ExpressibleByArgument {}
extension PresetName: ExpressibleByArgument {}
extension BadImageChoice: ExpressibleByArgument {}
extension ConformalScore: ExpressibleByArgument {}
extension BootstrapMethod: ExpressibleByArgument {}
extension ActsOn: ExpressibleByArgument {}
extension RateInterval: ExpressibleByArgument {}

/// `train,val,test`
extension SplitFractions {
  /// Reads three numbers that sum to 1 or to 100.
  /// - Throws: `ValidationError` with what was expected.
  init(argument: String) throws {
    guard let value = SplitFractions(text: argument) else {
      throw ValidationError("expected \(Self.expectation), such as \(Self.standard.yaml)")
    }
    self = value
  }
}

/// The defaults that help texts quote.
let defaults = TrainOptions.standard
