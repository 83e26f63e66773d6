public import ArgumentParser
public import Imaging

extension OptimizerChoice: ExpressibleByArgument {}
extension ScheduleChoice: ExpressibleByArgument {}
extension AmpChoice: ExpressibleByArgument {}
extension PresetName: ExpressibleByArgument {}
extension BadImageChoice: ExpressibleByArgument {}

extension SplitFractions: ExpressibleByArgument {
  package init?(argument: String) { self.init(text: argument) }
}

/// The defaults that help texts quote.
let defaults = TrainOptions.standard
