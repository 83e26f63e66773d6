public import ArgumentParser
public import Datasets
public import Evaluation
public import Imaging
public import Optimizers
public import Schedules

extension OptimizerKind: ExpressibleByArgument {}
extension ScheduleKind: ExpressibleByArgument {}
extension SelectionMetric: ExpressibleByArgument {}
extension AmpChoice: ExpressibleByArgument {}
extension PresetName: ExpressibleByArgument {}
extension BadImageChoice: ExpressibleByArgument {}

/// `train,val,test`
extension SplitFractions: ExpressibleByArgument {
  /// Reads three numbers that sum to 1 or to 100.
  public init?(argument: String) { self.init(text: argument) }
}

/// The defaults that help texts quote.
let defaults = TrainOptions.standard
