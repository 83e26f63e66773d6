public import Batches
import Requirements
public import Sampling

/// One part of a training run: what it draws, what it minimises, and what of the network learns.
///
/// Weights and running statistics go on from stage to stage; each stage begins with the epoch that the one
/// before it chose, after its closing edits.
public struct Stage: Sendable {
  /// What of the network learns.
  public enum Trained: Sendable, Equatable {
    /// All of it.
    case everything
    /// The heads; trunk and branches keep their bytes, running statistics included unless the stage shifts them.
    case heads
    /// The tensors of the heads with these last names, such as `scale`.
    case ofHeads([String])
    /// What decides which rows need another expert; all that answers keeps its bytes.
    case router
    /// Nothing: the edits of the stage make all that is new, and no step is taken.
    case nothing
  }

  /// Which epoch's weights go on to the next stage, or become the model.
  public enum Choice: Sendable, Equatable {
    /// The best on validation.
    case best
    /// The last.
    case last
  }

  /// Whether the rate begins its course anew.
  public enum Rate: Sendable, Equatable {
    /// The rate goes on along the run's schedule.
    case continues
    /// The run's schedule from its start, over this stage, times a factor above 0.
    case restarts(factor: Double)
  }

  /// Part of the run that the stage takes, in `0...1`; the stages of a method sum to 1.
  public var fraction: Double
  /// Where the examples come from; at least one stream, as many as the objective joins.
  public var streams: [Stream]
  /// Where examples without labels come from, for an objective that learns from them.
  public var unlabelled: UnlabelledStream?
  /// A second network that follows the one that learns, for an objective that asks it.
  public var teacher: Teacher?
  /// What each step minimises.
  public var objective: any Objective
  /// What of the network learns.
  public var trains = Trained.everything
  /// Whether batch normalisations that do not learn use the batch's statistics and record them: shift learning.
  public var shiftsStatistics = false
  /// Weight decay in place of the run's, at least 0; `nil` is the run's.
  public var weightDecay: Double?
  /// What holds the weights of each class after every update; `nil` is nothing.
  public var maxNorm: MaxNorm?
  /// Whether the optimiser goes on with what it has gathered in the stage before, where the same tensors
  /// learn. Momentum towards another loss says nothing about this one, so as a rule it does not.
  public var keepsOptimizer = false
  /// Whether the rate begins its course anew.
  public var rate = Rate.continues
  /// What the learning rate of tensors of the heads is multiplied with, at least 0, by their last names, such as `scale`.
  public var headRates: [String: Double] = [:]
  /// Changes of the network before the first epoch.
  public var opening: [any NetworkEdit] = []
  /// Changes of the network after the chosen epoch.
  public var closing: [any NetworkEdit] = []
  /// Which epoch's weights go on.
  public var chooses = Choice.best

  /// - Parameters:
  ///   - objective: what each step minimises.
  ///   - samplers: one per stream that the objective joins.
  ///   - views: how the images of each stream are augmented, a batch each; at least one.
  ///   - unlabelled: where examples without labels come from.
  ///   - teacher: a second network that follows the one that learns.
  ///   - fraction: part of the run, in `0...1`.
  /// - Precondition: as many samplers as the objective joins streams; a view; `fraction` in `0...1`.
  public init(
    _ objective: any Objective, samplers: [any Sampler] = [UniformSampler()],
    views: [View] = [.standard], unlabelled: UnlabelledStream? = nil, teacher: Teacher? = nil,
    fraction: Double = 1
  ) {
    require(
      samplers.count == objective.streams,
      "Stage: expected \(objective.streams) sampler(s) for \(type(of: objective)), "
        + "got \(samplers.count)")
    require(
      (0...1).contains(fraction), "Stage: expected a fraction between 0 and 1, got \(fraction)")
    require(!views.isEmpty, "Stage: expected at least one view, got none")
    self.objective = objective
    self.fraction = fraction
    (self.unlabelled, self.teacher) = (unlabelled, teacher)
    streams = samplers.map { Stream($0, views: views) }
  }

  /// Whether an edit, the objective, or a bound on lengths, knows linear heads alone.
  public var needsLinearHeads: Bool {
    maxNorm != nil || objective.needsLinearHeads
      || (opening + closing).contains(where: \.needsLinearHeads)
  }

  /// Whether others may say in what shares classes are drawn: where something learns from rows that are drawn as they come.
  public var takesClassMass: Bool {
    trains != .nothing && streams.allSatisfy(\.isAsItComes)
  }

  /// How the images of each batch are augmented, in the order in which the objective gets the batches: the views of
  /// each stream, then those of the unlabelled rows.
  public var views: [View] { streams.flatMap(\.views) + (unlabelled?.views ?? []) }

  /// What part of the label mass is expected to fall on each class.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - progress: part of the stage that is over, in `0...1`.
  /// - Returns: `[C]`; sums to 1.
  public func expectedLabelMass(for classes: ClassCounts, progress: Double) -> [Double] {
    objective.expectedLabelMass(
      of: streams.map { $0.sampler.distribution(for: classes, progress: progress) }, at: progress)
  }
}
