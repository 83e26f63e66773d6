public import ArgumentParser
public import Audit
public import Batches
public import Curation
public import Datasets
public import Decisions
public import Evaluation
public import Imaging
public import Inference
public import Networks
public import Optimizers
public import Reports
public import Sampling
public import Schedules
public import Targets
public import Uncertainty

extension TailShape: ExpressibleByArgument {}
extension IssueRule: ExpressibleByArgument {}
extension LabelScore: ExpressibleByArgument {}
extension RaterAudit.Method: ExpressibleByArgument {}
extension GradientTarget: ExpressibleByArgument {}
extension FirstClasses: ExpressibleByArgument {
  /// `nil` for `rarest:` without a number of at least 1.
  public init?(argument: String) { self.init(argument) }
}
extension InfluenceRule.End: ExpressibleByArgument {}
extension InfluenceRule.Scale: ExpressibleByArgument {}
extension InfluenceRule.Draw: ExpressibleByArgument {}
extension ScoreTable.HardEnd: ExpressibleByArgument {}
extension OptimizerKind: ExpressibleByArgument {}
extension ScheduleKind: ExpressibleByArgument {}
extension SelectionMetric: ExpressibleByArgument {}
extension HeadChoice: ExpressibleByArgument {}
extension TokenPooling: ExpressibleByArgument {}
extension AmpChoice: ExpressibleByArgument {}
extension PresetName: ExpressibleByArgument {}
extension AugmentationChoice: ExpressibleByArgument {}
extension BadImageChoice: ExpressibleByArgument {}
extension ConformalScore: ExpressibleByArgument {}
extension BootstrapMethod: ExpressibleByArgument {}
extension ActsOn: ExpressibleByArgument {}
extension RateInterval: ExpressibleByArgument {}
extension TargetKind: ExpressibleByArgument {}
extension UnknownLabels: ExpressibleByArgument {}

extension StudyJoinChoice: ExpressibleByArgument {}

extension TestDistribution: ExpressibleByArgument {
  /// `nil` for a name that is none.
  public init?(argument: String) { self.init(name: argument) }

  /// The eleven of the protocol; other ratios are taken as well.
  public static var allValueStrings: [String] { published.map(\.name) }
}
