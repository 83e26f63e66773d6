package import Console
package import Datasets

/// An inspection as people read it.
package enum InspectionText {
  package static func text(_ found: Inspection, style: Style = .plain) -> String {
    let parts = [
      headline(found), classes(found).text(style: style), facts(found),
      damage(found), style(found.recommendation, .bold) + "\n",
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private static func headline(_ found: Inspection) -> String {
    "\(found.name): \(Format.count(found.images)) images, \(found.classes.count) classes, "
      + "\(found.layout.rawValue)\n"
  }

  /// A row per class with its images in each part and a bar of its share.
  private static func classes(_ found: Inspection) -> TextTable {
    let splits = Split.allCases.map(\.rawValue).filter { found.splits[$0] != nil }
    let isGrouped = found.groups != nil
    var table = TextTable(
      [.left("class"), .right("images")] + splits.map { .right($0) }
        + (isGrouped ? [.right("groups")] : []) + [.left("")])
    let most = Double(found.classes.map(\.images).max() ?? 1)
    for row in found.classes {
      table.add(
        [row.name, Format.count(row.images)] + splits.map { Format.count(row.splits[$0] ?? 0) }
          + (isGrouped ? [Format.count(row.groups ?? 0)] : [])
          + [Bar.text(Double(row.images) / max(most, 1), width: 24)])
    }
    return table
  }

  private static func facts(_ found: Inspection) -> String {
    var lines: [(String, String)] = [
      ("imbalance ratio", Format.decimal(found.imbalanceRatio, places: 1)),
      ("effective classes", Format.decimal(found.effectiveClasses, places: 1)),
      ("size in pixels", "\(range(found.width)) × \(range(found.height))"),
      ("formats", counts(found.formats)), ("channels", counts(found.channels)),
      ("bits a channel", counts(found.bits)),
    ]
    if let groups = found.groups {
      lines.append(
        (
          "groups",
          "\(Format.count(groups.count)), of \(range(groups.images)) images; "
            + "\(Format.count(groups.ungrouped)) images without"
        ))
    }
    lines.append(("equal images", "\(found.leakage.duplicates.count) sets"))
    lines.append(("unreadable", Format.count(found.unreadable.count)))
    lines.append(("leakage", found.leakage.isClean ? "none" : "see below"))
    return lines.map { name, value in
      name + String(repeating: " ", count: 20 - name.count) + value + "\n"
    }.joined()
  }

  /// The files and sets that need a hand.
  private static func damage(_ found: Inspection) -> String {
    var lines = found.unreadable.prefix(20).map { "unreadable: \(naming($0.path, $0.reason))" }
    if found.unreadable.count > 20 { lines.append("… and \(found.unreadable.count - 20) more") }
    if !found.leakage.isClean { lines.append("\(found.leakage)") }
    for conflict in found.leakage.conflicts.prefix(20) {
      let copies = conflict.copies.map { "\($0.path) (\($0.label ?? "no label"))" }
      lines.append("same image, different labels: \(copies.joined(separator: " = "))")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func range(_ spread: Inspection.Spread?) -> String {
    guard let spread else { return "n/a" }
    return spread.minimum == spread.maximum
      ? "\(spread.minimum)" : "\(spread.minimum)–\(spread.maximum) (median \(spread.median))"
  }

  private static func counts(_ counts: [String: Int]) -> String {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.key) (\(Format.count($0.value)))" }.joined(separator: ", ")
  }
}
