public import Runs
import Uncertainty

/// What is known of one run.
public struct RunReport: Codable, Sendable, Equatable {
  /// What tables call it.
  public var name: String
  /// What was trained, and how.
  public var facts: RunFacts?
  /// Images by class and part.
  public var population: Population?
  /// How the parts came about, and what they share.
  public var splits: SplitFacts?
  /// Where the labels come from, as the user states it; `nil` where it is not stated.
  public var reference: String?
  /// What the model is for, as the user states it; `nil` where it is not stated.
  public var use: String?
  /// On which of the ranked images somebody acts, in that use; `nil` where it is not stated.
  public var actsOn: ActsOn?
  /// Epoch by epoch.
  public var training: TrainingRecord?
  /// Results by part, the one with the last word first.
  public var evaluations: [EvaluationPart]
  /// What the weights that it began from are worth without training.
  public var frozen: FrozenRecord?

  /// A run of its parts.
  public init(
    name: String, facts: RunFacts? = nil, population: Population? = nil,
    splits: SplitFacts? = nil, reference: String? = nil, use: String? = nil,
    actsOn: ActsOn? = nil, training: TrainingRecord? = nil, evaluations: [EvaluationPart] = []
  ) {
    (self.name, self.facts, self.population, self.splits) = (name, facts, population, splits)
    (self.reference, self.use, self.actsOn) = (reference, use, actsOn)
    (self.training, self.evaluations) = (training, evaluations)
  }

  /// The results that have the last word: of the test part where there is one.
  public var headline: EvaluationPart? { evaluations.first }

  /// Whether intervals come from whole groups, which the predictions may name where the data do not.
  var resamplesGroups: Bool { headline?.judgement.assessment?.resampling.clusters != nil }
}
