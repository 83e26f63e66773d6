import Console
import Curation

/// A curation on a terminal.
enum CurationText {
  /// A diverse set: classes where they are known, then words, with line feeds.
  static func of(_ summary: CurationSummary, style: Style) -> String {
    var text = ""
    if !summary.classes.isEmpty {
      var table = TextTable([
        .left("class"), .right("rows"), .right("chosen"), .right("share"),
      ])
      for row in summary.classes {
        table.add([
          row.name, Format.count(row.rows), Format.count(row.selected),
          Format.percent(Double(row.selected) / Double(row.rows)),
        ])
      }
      text += table.text(style: style) + "\n"
    }
    text +=
      "\(Format.count(summary.selected)) of \(Format.count(summary.rows)) rows chosen from"
      + " \(Format.count(summary.clusters)) clusters of \(Format.count(summary.groups)) \(summary.groups == 1 ? "group" : "groups");"
      + " \(Format.percent(summary.varianceKept)) of the variance kept; nothing was changed\n"
    if summary.proposed > 0 {
      text += "labels proposed for \(Format.count(summary.proposed)) rows, to be looked at\n"
    }
    return text
  }

  /// What is left out or passed over, and how long each part took: a line each.
  static func notes(_ curation: Curation) -> [String] {
    let summary = curation.summary
    var lines: [String] = []
    if !summary.leftOut.isEmpty {
      let shown = summary.leftOut.prefix(20).map { "\($0.name) (\($0.rows))" }
      let rest = summary.leftOut.count - shown.count
      lines.append(
        "left out, with fewer than \(curation.settings.leastGroup) rows: "
          + shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : ""))
    }
    if summary.nearCopies > 0 {
      lines.append(
        "\(Format.count(summary.nearCopies)) rows are near copies of others and not chosen (--keep-copies takes them too)"
      )
    }
    if summary.passedOver > 0 {
      lines.append(
        "\(Format.count(summary.passedOver)) rows passed over: their patients have enough")
    }
    if summary.constantFeatures > 0 {
      lines.append(
        "\(Format.count(summary.constantFeatures)) features never change and say nothing")
    }
    let times = curation.timings.map { "\($0.part) \(Format.decimal($0.seconds, places: 1)) s" }
    return lines + ["took: " + times.joined(separator: ", ")]
  }

  /// What each class loses, beside a random part of the same size.
  static func of(_ part: ScoredPart, style: Style) -> String {
    var table = TextTable([
      .left("class"), .right("before"), .right("kept"), .right("lost"), .right("lost at random"),
    ])
    for row in part.sample.classes {
      table.add([
        row.name, Format.count(row.before), Format.count(row.kept), Format.percent(row.lost),
        Format.percent(row.lostAtRandom),
      ])
    }
    return table.text(style: style)
      + "\n\(Format.count(part.sample.count)) of \(Format.count(part.paths.count)) rows kept; nothing was changed\n"
  }
}
