import Datasets

/// How training, validation and test came apart, and whether they really did.
struct SplitsSection {
  let run: RunReport

  var section: Section { Section(id: "splits", title: "Splits and leakage", body: body) }

  private var body: HTML {
    guard let splits = run.splits else {
      return Section.missing(
        "Whether training and test share patients or images was not checked.",
        command: "steelyard inspect DATA")
    }
    let statements = splits.statements.map { text -> HTML in "<li>\(text)</li>" }
    return """
      \(statements.isEmpty ? "" : "<ul>\n\(statements)\n</ul>")
      \(verdict(splits))
      \(groups(splits))
      \(copies(splits.leaks, "Equal images in more than one part"))
      \(copies(splits.conflicts, "Equal images with different labels"))
      \(splits.nearCopies.flatMap { NearCopyList(found: $0).html })
      """
  }

  private func verdict(_ splits: SplitFacts) -> HTML {
    let hasGroups = run.population?.parts.contains { ($0.groups ?? 0) > 0 } ?? false
    let shared = hasGroups ? "no group and no image" : "no image"
    let summary: HTML =
      splits.isClean
      ? "<p class=\"good\">Checked: \(shared) lies in more than one part.</p>"
      : Section.warning(
        """
        \(splits.groups.count) groups and \(splits.leaks.count) sets of equal images lie in more than \
        one part.
        """)
    let unknown: HTML? =
      hasGroups
      ? nil
      : Section.note(
        """
        The data name no groups (patients, slides, sites), so images of one patient may lie in two parts \
        unseen\(run.resamplesGroups ? "" : ", and the intervals take images as independent"). A column \
        <code>group</code> in the manifest corrects \(run.resamplesGroups ? "this" : "both").
        """)
    let within: HTML? =
      splits.duplicates == 0
      ? nil : "<p>\(splits.duplicates) sets of equal images in all, within parts and across.</p>"
    return "\(summary)\(within)\(unknown)"
  }

  private func groups(_ splits: SplitFacts) -> HTML? {
    guard !splits.groups.isEmpty else { return nil }
    let names = ["train", "val", "test"]
    return Table(
      caption: "Groups in more than one part"
        + (splits.groups.count > 50 ? ", the first 50 of \(splits.groups.count)" : ""),
      columns: [.init("Group", isNumeric: false)] + names.map { .init("\($0)") },
      rows: splits.groups.prefix(50).map { group in
        [.init(HTML.name(group.group))] + names.map { .init("\(group.examples[$0] ?? 0)") }
      }
    ).html
  }

  private func copies(_ sets: [LeakageReport.CopySet], _ caption: HTML) -> HTML? {
    guard !sets.isEmpty else { return nil }
    return Table(
      caption: caption + (sets.count > 50 ? ", the first 50 of \(sets.count)" : ""),
      columns: [.init("Equal in", isNumeric: false), .init("Images", isNumeric: false)],
      rows: sets.prefix(50).map { set in
        [
          .init("\(set.kind.rawValue)"),
          .init(
            HTML(
              set.copies.map { copy -> HTML in
                "\(HTML.path(copy.path)) (\(copy.split?.rawValue ?? "no part"), \(HTML.name(copy.label ?? "no label")))"
              }, separator: "<br>")),
        ]
      }
    ).html
  }
}
