import Audit
import Console
import Uncertainty

/// An audit of raters on a terminal.
struct RaterText {
  let audit: RaterAudit

  /// Tables and words, with line feeds.
  func text(style: Style) -> String {
    let summary = audit.summary
    return raters(summary, style) + "\n" + classes(summary, style) + "\n" + worst(style)
      + agreement(summary) + words(summary)
  }

  private func raters(_ summary: RaterSummary, _ style: Style) -> String {
    let hasModel = audit.crowdlab != nil
    var table = TextTable(
      [
        .left("rater"), .right("ratings"), .right("with others"), .right("agreement"),
        .right("kappa"), .left("lowest recall"),
      ] + (hasModel ? [.right("quality")] : []))
    for row in summary.raters {
      let worst = row.perClass.filter { $0.rows > 0 }.min {
        Double($0.hits) / Double($0.rows) < Double($1.hits) / Double($1.rows)
      }
      table.add(
        [
          row.name, Format.count(row.ratings), Format.count(row.shared),
          Format.percent(row.agreement), Format.decimal(row.kappa, places: 2),
          worst.map { "\($0.name), \($0.hits) of \($0.rows)" } ?? "n/a",
        ] + (hasModel ? [Format.decimal(row.crowdlabQuality, places: 2)] : []))
    }
    return table.text(style: style)
  }

  private func classes(_ summary: RaterSummary, _ style: Style) -> String {
    let isGiven = summary.differing != nil
    var table = TextTable(
      [.left("class"), .right("ratings")] + (isGiven ? [.right("given")] : []) + [
        .right("majority"), .right("consensus"), .right("to look at"),
      ])
    for row in summary.classes {
      table.add(
        [row.name]
          + ([row.ratings] + (isGiven ? [row.given ?? 0] : [])
          + [row.majority, row.consensus, row.toLookAt]).map(Format.count))
    }
    return table.text(style: style)
  }

  /// The three worst of each class, of the first twenty classes with findings.
  private func worst(_ style: Style) -> String {
    let shown = audit.findings.filter { $0.rank <= 3 }.prefix(60)
    guard !shown.isEmpty else { return "" }
    var table = TextTable([
      .left("path"), .left("label"), .left("suggested"), .right("score"), .left("why"),
    ])
    for finding in shown {
      let (row, names) = (finding.row, audit.table.classes)
      table.add([
        audit.table.paths[row], names[audit.label(row)], names[audit.suggested(row)],
        Format.decimal(audit.probability(row, audit.label(row))), audit.why(finding),
      ])
    }
    return table.text(style: style) + "\n"
  }

  private func agreement(_ summary: RaterSummary) -> String {
    guard let agreement = summary.agreement else { return "" }
    func shown(_ estimate: MetricEstimate) -> String {
      Format.decimal(estimate.value)
        + (estimate.interval.map { " [\(Format.decimal($0.low)), \(Format.decimal($0.high))]" }
          ?? "")
    }
    let ordinal = agreement.ordinalAlpha.map { ", ordinal \(shown($0))" } ?? ""
    return
      "agreement on \(Format.count(agreement.rows)) rows with two ratings or more: pairs \(shown(agreement.pairs)), Fleiss' kappa"
      + " \(shown(agreement.fleissKappa)), Krippendorff's alpha \(shown(agreement.nominalAlpha))\(ordinal)\n"
  }

  private func words(_ summary: RaterSummary) -> String {
    let names = audit.table.raters
    var text = ""
    let poor = audit.noBetterThanChance.map { names[$0] }
    if !poor.isEmpty {
      text += "not shown to be better than chance: \(poor.joined(separator: ", "))\n"
    }
    for (rater, label) in audit.weak.prefix(20) {
      let own = audit.raters[rater].perClass[label]
      text +=
        "\(names[rater]) misses \(audit.table.classes[label]) more often than the others do: \(own.hits) of \(own.rows)\n"
    }
    let lost = audit.vanished.map { audit.table.classes[$0] }
    if !lost.isEmpty {
      text += "given, and the consensus of no row: \(lost.joined(separator: ", "))\n"
    }
    if !summary.ties.isEmpty {
      let kinds = MajorityVote.Decision.allCases.compactMap { kind in
        summary.ties[kind.rawValue].map { "\(Format.count($0)) by \(kind.words)" }
      }
      text += "ties of votes: \(kinds.joined(separator: ", "))\n"
    }
    let methods = RaterAudit.Method.allCases.compactMap { method in
      summary.methods[method.rawValue].map { "\(method.rawValue) of \(Format.count($0)) rows" }
    }
    text += "consensus: \(methods.joined(separator: ", "))"
    if summary.methods[RaterAudit.Method.dawidSkene.rawValue] != nil {
      text +=
        summary.hasConverged
        ? " (\(summary.iterations) iterations)"
        : " (not converged after \(summary.iterations) iterations)"
    }
    if let differing = summary.differing {
      text += "; \(Format.count(differing)) rows have another label so far"
    }
    return text
      + "\n\(Format.count(summary.toLookAt)) of \(Format.count(summary.rows)) rows to look at; nothing was changed\n"
  }
}

extension MajorityVote.Decision {
  fileprivate var words: String {
    switch self {
    case .votes: "votes"
    case .probability: "the model's probability"
    case .raterQuality: "the raters' quality"
    case .frequency: "the more frequent class"
    case .order: "the order of classes"
    }
  }
}
