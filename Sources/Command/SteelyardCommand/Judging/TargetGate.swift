import Evaluation
import Files
import Targets
import Uncertainty

/// A gate between two tables whose targets are labels or numbers.
struct TargetGate {
  let kind: TargetKind
  let baseline: String
  let candidate: String
  let split: String?
  let nonInferior: Double?

  /// Whether the tables are judged as classes; grades are, with `--ordered`.
  var isOfClasses: Bool { kind == .classes || kind == .grades }

  /// What is required; with a margin a metric alone is enough, and without any it is the one that each kind is judged by.
  ///
  /// - Throws: `RequirementError` naming what cannot be read.
  func wanted(_ requirements: [String]) throws(RequirementError) -> [Uncertainty.Requirement] {
    let usual = kind == .labels ? "average_precision_macro" : "mae"
    guard let margin = nonInferior else {
      return try requirements.map(parsed)
    }
    guard margin > 0, margin.isFinite else { throw .notAMargin(margin) }
    return try (requirements.isEmpty ? [usual] : requirements).map {
      text throws(RequirementError) -> Uncertainty.Requirement in
      // A label may be called anything.
      let rest = text.lastIndex(of: "]").map { text[$0...] } ?? text[...]
      let isBounded = Uncertainty.Requirement.Relation.allCases.contains {
        rest.contains($0.rawValue)
      }
      if isBounded { return try parsed(text) }
      let isLoss = TargetComparison.isLoss(text)
      return try parsed("\(text) \(isLoss ? "<= " : ">= -")\(margin)")
    }
  }

  private func parsed(_ text: String) throws(RequirementError) -> Uncertainty.Requirement {
    kind == .labels
      ? try Uncertainty.Requirement(
        parsing: text, metrics: TargetComparison.ofLabels.over,
        ofClass: TargetComparison.ofLabels.one)
      : try Uncertainty.Requirement(
        parsing: text, metrics: TargetComparison.ofNumbers, ofClass: [])
  }

  /// What the tables say of it.
  ///
  /// - Parameter note: told how views are joined, and what a hierarchy changed.
  /// - Throws: `ComparisonError` where they do not match, `FileError` where they cannot be read.
  func verdicts(
    _ wanted: [Uncertainty.Requirement], _ flags: TargetFlags, _ intervals: GroupedIntervalFlags,
    _ reading: PredictionOptions, note: (String) -> Void
  ) throws -> [Verdict] {
    let other = flags.kind(of: candidate, reading)
    guard other == kind else {
      throw OptionError.conflict(
        "gate: \(baseline) holds \(kind.words) and \(candidate) \(other.words); say what both hold with --task"
      )
    }
    guard let settings = intervals.settings else {
      throw OptionError.conflict("resamples: a gate decides by intervals; give at least 1")
    }
    let shared = settings.shared(by: nonInferior == nil ? wanted.count : 1)
    let comparison = try compared(flags, shared, note)
    return try wanted.map { try comparison.verdict($0) }
  }

  private func compared(
    _ flags: TargetFlags, _ settings: IntervalSettings, _ note: (String) -> Void
  ) throws -> TargetComparison {
    guard kind == .number else {
      let first = try JudgedLabels(baseline, split: split, flags)
      let second = try JudgedLabels(candidate, split: split, flags)
      for table in [first, second] { table.notes.forEach { note("\(table.path): \($0)") } }
      try first.predictions.carried.check(settings, baseline)
      return try TargetComparison(first.predictions, second.predictions, settings: settings)
    }
    let tables = try [baseline, candidate].map { path in
      let whole = try NumberPredictions.read(path)
      let part = whole.keeping(
        try SplitRows.of(whole.carried, count: whole.count, split, path: path))
      guard part.judged.count > 0 else { throw LabelledPredictionsError.noTruth(path) }
      return part
    }
    try tables[0].carried.check(settings, baseline)
    return try TargetComparison(tables[0], tables[1], settings: settings)
  }
}
