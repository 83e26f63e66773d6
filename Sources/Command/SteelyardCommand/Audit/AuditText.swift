import Audit
import Console
import Datasets

/// An audit on a terminal.
struct AuditText {
  let findings: LabelFindings

  /// Tables and words, with line feeds.
  func text(style: Style) -> String {
    let summary = findings.summary
    let z = summary.structure.map { Format.decimal($0, places: 1) } ?? "n/a"
    guard summary.hasStructure else {
      return
        "no structure: the labels go with what is predicted no better than labels handed out at random"
        + " (\(z) standard deviations, \(Format.decimal(VoteSums.bar, places: 0)) are asked for); no list is made of them\n"
    }
    var table = TextTable([
      .left("class"), .right("given"), .right("estimated"), .right("to look at"), .right("after"),
    ])
    for row in summary.perClass {
      table.add(
        [row.name] + [row.given, row.estimated, row.issues, row.after].map(Format.count))
    }
    return table.text(style: style) + "\n" + worst(style)
      + "\(Format.count(summary.issues)) of \(Format.count(summary.rows)) labels to look at"
      + " (\(summary.filter)); about \(Format.percent(summary.noise)) estimated to be wrong; nothing was changed\n"
  }

  /// What is odd about the images; empty where they are not known.
  static func of(_ pictures: PictureSummary?) -> String {
    guard let pictures else { return "" }
    let odd = ImageQuality.Issue.allCases.compactMap { issue -> String? in
      let count = pictures.issues[issue.rawValue] ?? 0
      return count == 0 ? nil : "\(Format.count(count)) \(issue.rawValue)"
    }
    let telling = pictures.correlations.filter(\.isStriking).map {
      "\($0.name) tells the classes apart (ε² \(Format.decimal($0.effect, places: 2))); does it in the world?\n"
    }
    return "images: \(odd.isEmpty ? "none odd" : odd.joined(separator: ", ")) of"
      + " \(Format.count(pictures.images))\n" + telling.joined()
  }

  /// Which images show the same picture; empty where images are not known or none do.
  static func of(_ copies: NearCopyReport?) -> String {
    copies.map { NearCopyText.lines($0, nil).map { $0 + "\n" }.joined() } ?? ""
  }

  /// What is known of hard examples, and what is not.
  static func of(_ hard: HardTable) -> String {
    let known = hard.columns.map(\.measure.rawValue).joined(separator: ", ")
    var text =
      "hard examples: \(known), within the class, of \(Format.count(hard.paths.count)) examples; hard is not wrong: rare and"
      + " odd images with right labels are hard too\n"
    var told: [(needs: String, command: String, names: [String])] = []
    for lack in hard.lacking {
      if let place = told.firstIndex(where: {
        $0.needs == lack.needs && $0.command == lack.command
      }) {
        told[place].names.append(lack.measure.rawValue)
      } else {
        told.append((lack.needs, lack.command, [lack.measure.rawValue]))
      }
    }
    for one in told {
      text += "  not \(one.names.joined(separator: ", ")): needs \(one.needs): \(one.command)\n"
    }
    return text
  }

  /// What explains an answer.
  static func of(_ explanation: Explanation, style: Style) -> String {
    let shown = explanation.shown
    var text =
      "\(shown.path): predicted \(shown.predicted) (\(Format.percent(shown.probability)))"
      + (shown.given.map { ", labelled \($0)" } ?? "") + "\n\n"
    var table = TextTable([
      .left("kind"), .right("rank"), .left("path"), .left("class"), .right("influence"),
      .right("similarity"),
    ])
    for row in explanation.rows {
      table.add([
        row.kind.rawValue, "\(row.rank)", row.path, row.given, Format.significant(row.influence),
        Format.decimal(row.similarity),
      ])
    }
    text += table.text(style: style)
    return text
      + "\nof \(Format.count(explanation.examples)) training examples, \(Format.count(explanation.helpful)) lowered the loss of"
      + " \(shown.explained) and \(Format.count(explanation.harmful)) raised it (TracIn at the last layer, over"
      + " \(explanation.weights))\n"
  }

  /// The three worst of each class, of the first twenty classes with findings.
  private func worst(_ style: Style) -> String {
    let shown = findings.findings.filter { $0.rank <= 3 }.prefix(60)
    guard !shown.isEmpty else { return "" }
    var table = TextTable([
      .left(findings.paths == nil ? "row" : "path"), .left("given"), .left("suggested"),
      .right("score"), .right("rules that agree"),
    ])
    let scores = findings.audit.scores(findings.score)
    for finding in shown {
      let row = finding.row
      table.add([
        findings.name(row), findings.given(row), findings.suggested(row),
        Format.decimal(scores[row]), "\(findings.agreeing(row).count)",
      ])
    }
    return table.text(style: style) + "\n"
  }
}
