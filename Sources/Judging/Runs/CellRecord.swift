/// One cell of a comparison: a model, an imbalance, a seed or fold, and what came of it.
public struct CellRecord: Sendable, Equatable {
  /// What became of it.
  public enum Status: String, Sendable, CaseIterable {
    /// Trained and judged.
    case done
    /// Stopped by an error, which ``CellRecord/problem`` says.
    case failed
    /// Not yet begun, or not ended.
    case open
    /// Not begun, because it does not fit into the budget.
    case leftOut = "left-out"
  }

  /// Name of its run below `runs/`; no other cell has it.
  public var name: String
  /// Name of the method, or of what else the row is.
  public var method: String
  /// Settings other than the published ones, `margin=0.4+scale=20`; empty where there are none.
  public var settings: String
  /// Imbalance ratio that the training part was thinned out to; `nil` where it was not.
  public var imbalance: Double?
  /// Seed of the training.
  public var seed: Int
  /// Fold that is its test part, from 1; `nil` without folds.
  public var fold: Int?
  /// What became of it.
  public var status: Status
  /// Of one setting of several that were tried, whether validation chose it; `nil` where nothing was chosen.
  public var isChosen: Bool?
  /// Metrics by name.
  public var metrics: [String: Double]
  /// Seconds of training.
  public var seconds: Double?
  /// Version of the program that trained it.
  public var version: String
  /// Git revision of the folder that it was started in; empty where there is none.
  public var revision: String
  /// What went wrong; empty where nothing did.
  public var problem: String

  /// A cell that is not begun.
  public init(
    name: String, method: String, settings: String, imbalance: Double?, seed: Int, fold: Int? = nil
  ) {
    (self.name, self.method, self.settings) = (name, method, settings)
    (self.imbalance, self.seed, self.fold) = (imbalance, seed, fold)
    (status, metrics, version, revision, problem) = (.open, [:], "", "", "")
  }
}
