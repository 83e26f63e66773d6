public import Runs
public import Targets

/// What is known of a run whose target is no class: what its page and its model card are drawn from.
public struct TargetRunFacts<Found: Sendable>: Sendable {
  /// One part of the data, judged.
  public struct Evaluation: Sendable {
    /// `test`, `val`, ….
    public let part: String
    /// What it came to.
    public let found: Found

    /// A part, judged.
    public init(part: String, found: Found) { (self.part, self.found) = (part, found) }
  }

  /// Name of the run.
  public let name: String
  /// Its options.
  public let config: ConfigRecord
  /// Its data in numbers; nil where the file is not there.
  public let data: DataRecord?
  /// What every epoch did.
  public let history: [EpochRecord]
  /// Parts of the data, the most important first.
  public let evaluations: [Evaluation]

  /// Facts of their parts.
  public init(
    name: String, config: ConfigRecord, data: DataRecord?, history: [EpochRecord],
    evaluations: [Evaluation]
  ) {
    (self.name, self.config, self.data) = (name, config, data)
    (self.history, self.evaluations) = (history, evaluations)
  }
}

/// What is known of a run of several labels.
public typealias LabelRunFacts = TargetRunFacts<LabelAssessment>
/// What is known of a run whose target is a number.
public typealias NumberRunFacts = TargetRunFacts<NumberAssessment>

extension LabelRunFacts {
  /// The sheets of the page: a part of the data each, then how the model was made.
  public var sheets: [TargetSheet] {
    evaluations.map { TargetSheet($0.found).of($0.part) }
      + [
        TargetSheet(
          config, data, history, of: "label",
          course: [
            ("val average precision", "average_precision_macro"), ("val AUROC", "roc_auc_macro"),
            ("val F1 at ½", "f1_macro"),
          ])
      ]
  }
}

extension NumberRunFacts {
  /// The sheets of the page: a part of the data each, then how the model was made.
  public var sheets: [TargetSheet] {
    evaluations.map { TargetSheet($0.found).of($0.part) }
      + [
        TargetSheet(
          config, data, history, of: "range",
          course: [("val MAE", "mae"), ("val RMSE", "rmse"), ("val Pearson's r", "pearson")])
      ]
  }
}

extension TargetSheet {
  /// The same with the part of the data in the heading and in the captions.
  func of(_ part: String) -> TargetSheet {
    TargetSheet(
      heading: "\(part): \(heading)", notes: notes.map { "\(part): \($0)" },
      parts: parts.map {
        Part(caption: "\(part): \($0.caption)", columns: $0.columns, rows: $0.rows)
      })
  }
}
