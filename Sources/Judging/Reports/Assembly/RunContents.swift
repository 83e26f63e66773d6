public import Decisions
public import Evaluation
public import Runs

/// What the files of a run hold, as whoever reads them hands it over: records and tables, no paths.
///
/// Everything may be missing; what is missing, the report says so.
///
/// | member | file of a run directory |
/// |---|---|
/// | `config` | `config.yaml` |
/// | `environment` | `environment.json` |
/// | `data` | `data.json` |
/// | `history` | `metrics.jsonl` |
/// | `frozen` | `frozen.json` |
/// | `evaluations` | `predictions-*.csv`, and `metrics-*.json` for how classes are grouped |
public struct RunContents: Sendable {
  /// Predictions on one part of the data, or only the metrics made from them.
  public struct Evaluated: Sendable {
    /// `test`, `val`, or what the user calls it.
    public var split: String
    /// The table; `nil` leaves out curves, subgroups and mistakes.
    public var predictions: Predictions?
    /// The metrics; without intervals they are computed from the predictions, and only the grouping
    /// of the classes is taken from here.
    public var judgement: Judgement?
    /// How the table was read, where that was not plain.
    public var notes: [String]

    /// A part of the data as it was evaluated, probabilities `[N, C]`.
    public init(
      split: String, predictions: Predictions?, judgement: Judgement? = nil, notes: [String] = []
    ) {
      (self.split, self.predictions, self.judgement) = (split, predictions, judgement)
      self.notes = notes
    }
  }

  /// What tables call the run.
  public var name: String
  /// Folder of the run, or the predictions, as the user knows it.
  public var path: String?
  /// What `config.yaml` holds.
  public var config: ConfigRecord?
  /// What `environment.json` holds.
  public var environment: EnvironmentRecord?
  /// What `data.json` holds.
  public var data: DataRecord?
  /// What `metrics.jsonl` holds.
  public var history: MetricsLog?
  /// Results, the part with the last word first.
  public var evaluations: [Evaluated]
  /// What `frozen.json` holds.
  public var frozen: FrozenRecord?
  /// The rule that is stored with the model; `nil` shows what a temperature fitted on the
  /// predictions of part `val` would do.
  public var rule: DecisionRule?
  /// What the method does, in a line, with its source.
  public var method: String?
  /// The command that repeats the run, where it is not `steelyard train --config`.
  public var command: String?
  /// Licence of the model, as Hugging Face names it.
  public var license: String?
  /// Where the labels come from, as the user states it.
  public var reference: String?
  /// What the model is for, as the user states it.
  public var use: String?
  /// On which of the ranked images somebody acts, in that use.
  public var actsOn: ActsOn?

  /// Contents of a run, to be filled in.
  public init(name: String, path: String? = nil, evaluations: [Evaluated] = []) {
    (self.name, self.path, self.evaluations) = (name, path, evaluations)
  }
}
