import Evaluation
import Uncertainty

/// What these numbers do not say, found from the numbers themselves.
struct LimitsSection {
  let run: RunReport

  var section: Section {
    Section(
      id: "limits", title: "Limits", body: "<ul>\(limits.map { "<li>\($0)</li>" as HTML })</ul>")
  }

  /// Each a sentence or two.
  var limits: [HTML] {
    [leakage, few, absent, shift, groups, subgroups, seed, external, reference].compactMap { $0 }
  }

  private var leakage: HTML? {
    guard let splits = run.splits, !splits.isClean else { return nil }
    return "The parts share images or groups; the results flatter by an unknown amount."
  }

  private var few: HTML? {
    let rows = (run.headline?.metrics.perClass ?? []).filter {
      (1..<SmallSample.threshold).contains($0.support)
    }
    guard !rows.isEmpty else { return nil }
    let names = rows.prefix(20).map { row -> HTML in
      let drop = DetectableDrop(correct: row.correct, of: row.support).paired
      let seen: HTML =
        drop.map {
          "only a loss of \(Int(($0 * Double(row.support)).rounded(.up))) against another model would show"
        }
        ?? "no loss against another model could show"
      return "\(HTML.name(row.name)) (\(row.correct) of \(row.support) found; \(seen))"
    }
    return """
      Fewer than \(SmallSample.threshold) images in \(run.headline?.split ?? "test"): \
      \(HTML(names, separator: ", "))\(rows.count > 20 ? " and others" : "").
      """
  }

  private var absent: HTML? {
    let rows = (run.headline?.metrics.perClass ?? []).filter { $0.support == 0 }
    guard !rows.isEmpty else { return nil }
    let names = rows.prefix(20).map { HTML.name($0.name) }
    let more: HTML = rows.count > 20 ? " and \(rows.count - 20) others" : ""
    return "Not tested at all, for want of images: \(HTML(names, separator: ", "))\(more)."
  }

  /// Whether the mixture of classes differs between training and test.
  private var shift: HTML? {
    guard let part = run.headline, let train = run.population?.part("train"),
      train.counts.count == part.metrics.perClass.count,
      let distance = totalVariation(train.counts, part.metrics.perClass.map(\.support)),
      distance > 0.1
    else { return nil }
    return """
      The classes are mixed differently in training and \(part.split) (half the summed difference of \
      shares: \(Figures.fixed(distance, 2))). Precision, accuracy and predictive values hold for the mixture of \
      \(part.split) only.
      """
  }

  private var groups: HTML? {
    let known = run.population?.parts.contains { ($0.groups ?? 0) > 0 } ?? false
    return known || run.resamplesGroups
      ? nil
      : """
      Images are taken as independent, since no groups (patients) are known; where several come from one \
      patient the intervals are too narrow.
      """
  }

  private var subgroups: HTML? {
    guard run.headline?.subgroups.isEmpty ?? true else { return nil }
    return "Not known: how the results differ by sex, age, site or scanner."
  }

  private var seed: HTML? {
    run.training == nil
      ? nil
      : """
      One training run with one seed: the intervals hold for these weights, not for the method. \
      Repeat with other seeds before methods are compared.
      """
  }

  private var external: HTML? {
    "Tested on data of the same source as it was trained on, unless said otherwise. Not a clinical evaluation."
  }

  private var reference: HTML? {
    run.reference == nil ? "Where the labels come from was not stated." : nil
  }
}
