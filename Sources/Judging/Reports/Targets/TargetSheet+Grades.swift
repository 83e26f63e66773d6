import Evaluation
public import Targets
import Uncertainty

extension TargetSheet {
  /// The sheet of grades: each of them, what is over all, and "at least this grade".
  public init(_ found: GradeAssessment) {
    heading =
      "grades \(found.classes.classes.joined(separator: " < ")); \(Figures.count(found.classes.n)) images"
    let over = [
      "cohen_kappa_quadratic", "cohen_kappa_linear", "kendall_tau", "accuracy", "balanced_accuracy",
      "f1_macro", "mcc",
    ]
    let intervals = found.intervals?.intervals ?? [:]
    let made: [MetricInterval?] =
      over.map { intervals[$0] } + found.grades.flatMap { [$0.maeInterval, $0.recallInterval] }
    notes = found.notes + Self.made(found.intervals?.resampling, n: found.classes.n, made)
    parts =
      [
        Part(
          caption: "Over all grades", columns: ["metric", "value"],
          rows: [
            [Cell("mae"), Self.shown(found.mae.value, found.mae.interval)],
            [Cell("mae_macro"), Self.shown(found.maeMacro.value, found.maeMacro.interval)],
          ] + over.map { [Cell($0), Self.shown(found.classes[$0], intervals[$0])] }),
        Part(
          caption: "Each grade", columns: ["grade", "n", "recall", "MAE"],
          rows: found.grades.map { grade in
            [
              Cell(grade.name), Cell(Figures.count(grade.support)),
              Self.shown(grade.recall, grade.recallInterval),
              Self.shown(grade.mae, grade.maeInterval),
            ]
          }),
      ]
      + (found.cumulative.isEmpty
        ? []
        : [
          Part(
            caption: "P(y ≥ k): how well the probability of at least a grade is known",
            columns: ["grade", "has it", "AUROC", "calibration error", "calibration slope"],
            rows: found.cumulative.map { row in
              [
                Cell(row.name), Cell(Figures.count(row.positives)),
                Self.shown(row.rocAUC, row.intervals["roc_auc"]),
                Cell(Figures.fixed(row.calibrationError)),
                Self.shown(row.slope, within: row.slopeInterval),
              ]
            })
        ])
  }
}
