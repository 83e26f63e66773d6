import Evaluation
public import Runs
import Targets
import Uncertainty

extension GridRecord {
  /// The same with what may be concluded and what not, made from its numbers: a paragraph of findings and one of
  /// limits.
  public func concluded() -> GridRecord {
    var record = self
    record.conclusions = [
      parts.compactMap { GridFindings(record: self, part: $0)?.sentence }.joined(separator: " "),
      GridLimits(record: self).sentences.joined(separator: " "),
    ].filter { !$0.isEmpty }
    return record
  }

  /// What a row of a part is called.
  func title(of part: Part) -> String {
    part.imbalance.map { "imbalance \(CellTable.plain($0))" } ?? "the training part as it lies"
  }
}

/// What one imbalance shows, in a sentence or two.
struct GridFindings {
  /// What an adjusted p-value allows to say of a row.
  enum Verdict: Equatable {
    case better, worse, open, unknown

    init(_ difference: RepeatedDifference?, higherIsBetter: Bool, level: Double) {
      guard let difference, let mean = difference.mean, let p = difference.adjusted else {
        self = .unknown
        return
      }
      self = p >= 1 - level || mean == 0 ? .open : (mean > 0) == higherIsBetter ? .better : .worse
    }

    var words: String {
      switch self {
      case .better: "better"
      case .worse: "worse"
      case .open: "no difference shown"
      case .unknown: "cannot be said"
      }
    }
  }

  private let record: GridRecord
  private let part: GridRecord.Part
  private let comparison: GridComparison
  private let reference: GridComparison.Row

  /// `nil` where nothing was compared.
  init?(record: GridRecord, part: GridRecord.Part) {
    guard let comparison = part.comparison, let place = comparison.reference,
      comparison.rows.count > 1
    else { return nil }
    (self.record, self.part, self.comparison) = (record, part, comparison)
    reference = comparison.rows[place]
  }

  /// The verdict of a row by the metric that conclusions are drawn from.
  func verdict(_ row: GridComparison.Row) -> Verdict {
    Verdict(
      row.differences[record.metric],
      higherIsBetter: Metric.named(record.metric)?.higherIsBetter
        ?? !TargetComparison.isLoss(record.metric),
      level: comparison.settings.level)
  }

  /// Rows of which nothing can be said that a sentence names.
  private static let mostUndecided = 8

  var sentence: String {
    let others = comparison.rows.filter { $0.label != reference.label }
    let parts: [(String, Verdict)] = [
      ("better beyond chance", .better), ("worse beyond chance", .worse),
      ("no difference shown", .open), ("no interval, so nothing said", .unknown),
    ]
    let findings = parts.compactMap { words, verdict -> String? in
      let rows = others.filter { self.verdict($0) == verdict }
      guard !rows.isEmpty else { return nil }
      guard verdict != .open || rows.count <= Self.mostUndecided else {
        return "\(words): \(rows.count) others, each with its difference below"
      }
      return "\(words): " + rows.map { name($0, verdict) }.joined(separator: ", ")
    }
    return
      "At \(record.title(of: part)), by \(record.metric) against \(reference.label) over \(record.trainings): "
      + findings.joined(separator: "; ") + "."
  }

  private func name(_ row: GridComparison.Row, _ verdict: Verdict) -> String {
    guard let difference = row.differences[record.metric], let mean = difference.mean else {
      return row.label
    }
    let range = difference.interval.map { ", \(Figures.range($0.low, $0.high))" } ?? ""
    let (known, all) = (difference.differences.count { $0 != nil }, difference.differences.count)
    let part = known < all ? "; \(known) of \(all) trainings" : ""
    return "\(row.label) (\(Figures.signed(mean))\(range)\(part))"
  }
}

/// What the numbers do not allow to say.
struct GridLimits {
  let record: GridRecord

  var sentences: [String] {
    let done = record.parts.compactMap(\.comparison)
    guard let first = done.first else { return [] }
    return [
      trainings(first.design), design(first.design), family(done), search(done), missing,
      "All of it is of one data set (\(record.data)), one network (\(record.model)) and one schedule, the same for"
        + " every method; where a method's best rate or length is another, it is shown below its best.",
    ].compactMap(\.self)
  }

  private func trainings(_ design: TestDesign) -> String? {
    let count = record.folds ?? record.seeds.count
    if count == 1 || design == .single {
      return
        "One training each: intervals are over test rows alone and speak of these trained models, not of the"
        + " methods; another seed may turn any order round."
    }
    guard count < 5 else { return nil }
    return
      "\(count) trainings tell the spread between trainings with \(count - 1) degree\(count == 2 ? "" : "s") of"
      + " freedom, so only large or very steady differences can be shown; no difference shown is not the same as no"
      + " difference, and the intervals say how large it may still be."
  }

  private func design(_ design: TestDesign) -> String? {
    guard case .own = design else { return nil }
    return
      "Each training has a test part of its own from the same data, so the intervals carry Nadeau and Bengio's"
      + " correction for shared data; one test part for all (a split of the data's own, or --split-file) would"
      + " decide smaller differences."
  }

  private func family(_ done: [GridComparison]) -> String? {
    let count = done.flatMap(\.rows).count { $0.differences[record.metric]?.pValue != nil }
    guard count > 1 else { return nil }
    return
      "The \(count) comparisons by \(record.metric) are corrected together (Holm); other metrics are families"
      + " of their own, so decide by the one that was named beforehand. Verdicts are by p after Holm; each interval is"
      + " for itself, not widened for the others, so one that leaves out 0 may still belong to no difference shown."
  }

  private func search(_ done: [GridComparison]) -> String? {
    let searched = (done.first?.rows ?? []).filter { $0.tried > 1 }
    guard !searched.isEmpty else { return nil }
    return "Settings were chosen on validation inside each training: "
      + searched.map { "\($0.label) from \($0.tried)" }.joined(separator: ", ")
      + "; all others ran with the settings they are named by, and what was tried is in the cost."
  }

  private var missing: String? {
    guard !record.missing.isEmpty else { return nil }
    let kinds = Dictionary(grouping: record.missing, by: \.status).sorted { $0.key < $1.key }
    return "Without a result: "
      + kinds.map { "\($0.value.count) cell(s) \($0.key)" }.joined(separator: ", ")
      + "; means of their rows are over fewer trainings."
  }
}
