import Decisions
import Evaluation
import Files
import Runs
import Uncertainty

/// What the run of a cell came to: its numbers, and its predictions for what is compared.
struct CellJudge {
  /// What ``decided`` numbers are after: the calibration that `decide` fits where nothing is asked.
  static let calibration = CalibrationMethod.temperature

  let run: RunDirectory
  let name: String

  init(_ directory: CompareDirectory, _ cell: String) throws {
    run = try RunDirectory(existing: directory.run(cell))
    name = cell
  }

  /// What its target is, where that is no class.
  var target: TargetCell? { TargetCell(run) }

  /// Whether its predictions on test can be read.
  ///
  /// - Throws: `CompareError.noTest` for a run without a test part; what reading it throws.
  func check() throws {
    guard let target else {
      _ = try test()
      return
    }
    _ = try metrics(of: target)
  }

  private func metrics(of target: TargetCell) throws -> [String: Double] {
    guard FilePath.isFile(run.predictions("test")) else { throw CompareError.noTest(cell: name) }
    return try target.metrics("test")
  }

  /// Predictions on test, with the classes grouped by training images.
  ///
  /// - Throws: `CompareError.noTest` for a run without a test part; what reading it throws.
  func test() throws -> LabelledPredictions {
    guard FilePath.isFile(run.predictions("test")) else { throw CompareError.noTest(cell: name) }
    return try LabelledPredictions(run.path, split: "test")
  }

  /// The cell with its numbers.
  func record(_ cell: CellRecord) throws -> CellRecord {
    var cell = cell
    if let target {
      cell.metrics = try metrics(of: target)
    } else {
      let test = try test()
      cell.metrics = MetricsReport(test.predictions, shots: test.shots).values
      cell.metrics.merge(try calibration(test.predictions)) { $1 }
      cell.metrics.merge(try classes(test.predictions)) { $1 }
    }
    cell.seconds = try MetricsLog.readIfPresent(run.metricsLines)?.lines.compactMap(\.seconds)
      .reduce(0, +)
    let environment = try EnvironmentRecord.readIfPresent(run.environment)
    (cell.version, cell.revision) = (environment?.steelyard ?? "", environment?.revision ?? "")
    (cell.status, cell.problem) = (.done, "")
    return cell
  }

  /// How well validation liked it, larger is better; `nil` where there is none.
  func merit(_ metric: SelectionMetric) throws -> Double? {
    if let target { return try target.merit(metric) }
    guard let report = try Judgement.readIfPresent(run.metrics("val"))?.report else { return nil }
    return metric.value(in: report).map { metric.higherIsBetter ? $0 : -$0 }
  }

  /// Names of the numbers of ``calibration(_:)``, in the order of `cells.csv`.
  static let names =
    slopes + decided.map { $0 + suffix } + slopes.map { $0 + suffix } + operating

  /// Whether a number is one of ``names``, or of a class: `roc_auc[melanoma]`.
  static func isOwn(_ name: String) -> Bool { names.contains(name) || name.hasSuffix("]") }

  /// Specificity that a class's threshold keeps on validation.
  static let specificity = 0.95
  private static let operating = ["recall", "specificity", "precision"].map {
    "\($0)_at_specificity_95"
  }
  private static let slopes = [
    "calibration_slope", "calibration_intercept", "calibration_intercept_size",
  ]
  private static let decided = [
    "ece", "ece_classwise", "brier", "log_loss", "mcc", "balanced_accuracy", "f1_macro",
  ]
  private static let suffix = "_decided"

  /// Slope and intercept of the raw probabilities, and all numbers again after `decide`'s calibration: fitted on
  /// validation, with the sampler's class frequencies undone where validation agrees.
  private func calibration(_ test: Predictions) throws -> [String: Double] {
    var found = Self.slopes(test)
    guard FilePath.isFile(run.predictions("val")) else { return found }
    let validation = try LabelledPredictions(run.path, split: "val").predictions
    var plan = DecisionPlan(calibration: Self.calibration)
    let sample = LabelledProbabilities(validation)
    plan.sampler = try run.sampler()?.checked(on: sample)
    // A validation part of one class fits nothing; the raw numbers stand alone.
    guard let rule = try? plan.choose(on: sample) else { return found }
    let after = try rule.applied(to: test)
    let report = MetricsReport(after, shots: nil)
    for name in Self.decided { found[name + Self.suffix] = report[name] }
    for (name, value) in Self.slopes(after) { found[name + Self.suffix] = value }
    return found
  }

  /// Areas of each class, and each class flagged with a threshold of its own that validation chose: recall,
  /// specificity and precision on test as means over classes, and each class's recall.
  private func classes(_ test: Predictions) throws -> [String: Double] {
    var found: [String: Double] = [:]
    for row in MetricsReport(test, shots: nil).perClass {
      found["roc_auc[\(row.name)]"] = row.rocAUC
      found["average_precision[\(row.name)]"] = row.averagePrecision
    }
    guard test.hasScores, FilePath.isFile(run.predictions("val")) else { return found }
    let sample = LabelledProbabilities(test)
    let validation = LabelledProbabilities(
      try LabelledPredictions(run.path, split: "val").predictions)
    var rates: [[Double?]] = []
    for (index, name) in sample.classes.enumerated() where validation.classes.contains(name) {
      guard
        let point = try? OperatingPoint(
          for: name, under: .specificity(atLeast: Self.specificity), on: validation)
      else { continue }
      let reached = ThresholdRates(sample, class: index, threshold: point.threshold)
      found["\(Self.operating[0])[\(name)]"] = reached.sensitivity.value
      rates.append(
        [reached.sensitivity.value, reached.specificity.value, reached.precision.value])
    }
    for (place, name) in Self.operating.enumerated() {
      let known = rates.compactMap { $0[place] }
      if !known.isEmpty { found[name] = known.reduce(0, +) / Double(known.count) }
    }
    return found
  }

  private static func slopes(_ predictions: Predictions) -> [String: Double] {
    let found = CalibrationSlopes(LabelledProbabilities(predictions))
    let values = [found.meanSlope, found.meanIntercept, found.meanAbsoluteIntercept]
    return Dictionary(
      uniqueKeysWithValues: zip(slopes, values).compactMap { name, value in
        value.map { (name, $0) }
      })
  }
}
