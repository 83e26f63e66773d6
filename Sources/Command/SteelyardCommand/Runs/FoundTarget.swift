import Datasets
import Evaluation
import Targets

/// What the examples of data have for a target: as the options say, else as the data look.
struct FoundTarget {
  /// Classes, labels, grades or numbers.
  let kind: TargetKind
  /// What spoke for labels or a number; `nil` where the options said it, and of classes.
  let sign: String?

  /// - Parameters:
  ///   - path: the data; where they cannot be looked at, that is said by whoever opens them.
  ///   - options: what was asked for.
  init(_ path: String, _ options: TrainOptions) {
    if let task = options.task {
      (kind, sign) = (task, nil)
      return
    }
    var columns = options.columns
    // The column of names that is asked for may be one of the table of texts alone, and the columns of text are.
    if options.textTable != nil { (columns.path, columns.texts) = (nil, []) }
    let found = LabelSign.found(at: path, columns: columns, rowLabels: options.labels)
    if let found {
      (kind, sign) = (.labels, found.sign)
      return
    }
    // An order or names of classes say that there are some.
    let hasClasses = !options.order.names.isEmpty || options.classNames != nil
    let number =
      hasClasses
      ? nil
      : NumberSign.found(at: path, columns: columns, rowLabels: options.labels)
    (kind, sign) = (number == nil ? .classes : .number, number?.sign)
  }
}

extension ResolvedOptions {
  /// The same with what examples have for a target, and what follows from it.
  ///
  /// - Throws: `OptionError` for options of classes where examples have labels or a number, and for those of labels or numbers
  ///   where they have classes.
  func settled(by target: FoundTarget) throws(OptionError) -> ResolvedOptions {
    let metric = TrainOptions.schedule.evalMetric
    var result = self
    switch target.kind {
    case .labels:
      result.values.task = .labels
      if values.given(metric) == nil { result.values.evalMetric = .averagePrecisionMacro }
      try LabelOptions.check(result.values)
    case .number:
      result.values.task = .number
      if values.given(metric) == nil { result.values.evalMetric = .mae }
      try NumberOptions.check(result.values)
    case .classes, .grades:
      let name = values.evalMetric.rawValue
      if values.evalMetric.isOfLabels {
        throw .conflict(
          "--eval-metric \(name) is of several labels, and the data are read as classes")
      }
      if values.evalMetric.isOfNumbers {
        throw .conflict(
          "--eval-metric \(name) is of numbers, and the data are read as classes; --task number reads whole numbers as"
            + " numbers")
      }
      try target.checkWithoutLabels(values)
      return self
    }
    return result.saying(whatWas: self)
  }
}

extension FoundTarget {
  /// - Throws: `OptionError` for options of several labels, where the data are read as classes.
  func checkWithoutLabels(_ options: TrainOptions) throws(OptionError) {
    if options.unknown != .ignore {
      throw .conflict("--unknown is for several labels, and the data are read as classes")
    }
    if options.studyColumn != nil || options.studyJoin != nil {
      throw .conflict(
        "--study-\(options.studyColumn == nil ? "join" : "column") is for several labels, and the data are read as classes;"
          + " leave it out, or read labels with --task labels")
    }
  }

  /// For a command that looks at data and trains nothing, and counts classes, labels or ranges of a number.
  ///
  /// - Throws: `OptionError` for options that would have no effect.
  func checkCounting(_ options: TrainOptions) throws(OptionError) {
    if kind == .number { return try NumberOptions.checkTarget(options) }
    guard kind == .labels else { return try checkWithoutLabels(options) }
    if options.studyJoin != nil {
      throw .conflict("--study-join: there are no probabilities to join; leave it out")
    }
    let given = [
      ("order", !options.order.names.isEmpty), ("corrections", options.corrections != nil),
    ]
    if let option = given.first(where: \.1) {
      throw .conflict(
        "--\(option.0) is of classes, and the data have several labels an image; leave it out")
    }
  }
}
