import Datasets
import Evaluation
import Targets

/// What the examples of data have for a target: as the options say, else as the data look.
struct FoundTarget {
  /// Classes, labels, grades or numbers.
  let kind: TargetKind
  /// What spoke for labels; `nil` where the options said it.
  let sign: String?

  /// - Parameters:
  ///   - path: the data; where they cannot be looked at, that is said by whoever opens them.
  ///   - options: what was asked for.
  init(_ path: String, _ options: TrainOptions) {
    if let task = options.task {
      (kind, sign) = (task, nil)
      return
    }
    let found = LabelSign.found(at: path, columns: options.columns, rowLabels: options.labels)
    (kind, sign) = (found == nil ? .classes : .labels, found?.sign)
  }
}

extension ResolvedOptions {
  /// The same with what examples have for a target, and what follows from it.
  ///
  /// - Throws: `OptionError` for options of classes where examples may have several labels, for those of labels where they
  ///   have classes, and for numbers, which nothing is trained for.
  func settled(by target: FoundTarget) throws(OptionError) -> ResolvedOptions {
    guard target.kind != .number else {
      throw .conflict(
        "--task number: numbers are judged (evaluate, report, gate) and cannot be trained for yet")
    }
    let metric = TrainOptions.schedule.evalMetric
    guard target.kind == .labels else {
      if values.evalMetric.isOfLabels {
        throw .conflict(
          "--eval-metric \(values.evalMetric.rawValue) is of several labels, and the data are read as classes"
        )
      }
      if values.unknown != .ignore {
        throw .conflict("--unknown is for several labels, and the data are read as classes")
      }
      return self
    }
    var result = self
    result.values.task = .labels
    if values.given(metric) == nil { result.values.evalMetric = .averagePrecisionMacro }
    try LabelOptions.check(result.values)
    return result.saying(whatWas: self)
  }
}
