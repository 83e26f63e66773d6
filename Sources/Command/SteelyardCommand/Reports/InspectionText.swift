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
    "\(found.name): \(Format.count(found.images)) \(found.input.plural), \(found.classes.count) \(kinds(found)), "
      + "\(found.layout.rawValue)\n"
      + ReadingText.columns(found.columns).map { $0 + "\n" }.joined()
  }

  /// What the rows of the table are.
  private static func kinds(_ found: Inspection) -> String {
    let isOne = found.classes.count == 1
    if let number = found.number { return "\(isOne ? "range" : "ranges") of \(number)" }
    return found.withoutLabel == nil
      ? (isOne ? "class" : "classes") : (isOne ? "label" : "labels")
  }

  /// A row per class with its images in each part and a bar of its share.
  private static func classes(_ found: Inspection) -> TextTable {
    let splits = Split.allCases.map(\.rawValue).filter { found.splits[$0] != nil }
    let isGrouped = found.groups != nil
    var table = TextTable(
      [
        .left(found.number != nil ? "range" : found.withoutLabel == nil ? "class" : "label"),
        .right(found.input.plural),
      ]
        + splits.map { .right($0) }
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
    var lines = [("imbalance ratio", Format.decimal(found.imbalanceRatio, places: 1))]
    if let count = found.withoutLabel {
      lines.append(("without a label", Format.count(count)))
    } else if found.number == nil {
      lines.append(("effective classes", Format.decimal(found.effectiveClasses, places: 1)))
    }
    lines += found.input == .images ? pictures(found) : numbers(found)
    if let groups = found.groups {
      lines.append(
        (
          "groups",
          "\(Format.count(groups.count)), of \(range(groups.images)) \(found.input.plural); "
            + "\(Format.count(groups.ungrouped)) \(found.input.plural) without"
        ))
    }
    if found.deeperFolders > 0 {
      lines.append(
        (
          "deeper folders",
          "\(Format.count(found.deeperFolders)); images in them have the class of the first folder"
        ))
    }
    lines.append(("equal \(found.input.plural)", "\(found.leakage.duplicates.count) sets"))
    if found.input == .images {
      lines.append(("near copies", NearCopyText.summary(found.nearCopies)))
      lines.append(("unreadable", Format.count(found.unreadable.count)))
    }
    lines.append(("leakage", found.leakage.isClean ? "none" : "see below"))
    return lines.map { name, value in
      name + String(repeating: " ", count: 20 - name.count) + value + "\n"
    }.joined()
      + (found.input == .images ? PixelText.lines(found).map { $0 + "\n" }.joined() : "")
  }

  private static func pictures(_ found: Inspection) -> [(String, String)] {
    [
      ("size in pixels", "\(range(found.width)) × \(range(found.height))"),
      ("formats", counts(found.formats)), ("channels", counts(found.channels)),
      ("bits a channel", counts(found.bits)),
    ]
  }

  private static func numbers(_ found: Inspection) -> [(String, String)] {
    let width = found.numbers.map { Format.count($0) } ?? "n/a"
    guard let steps = found.steps else { return [("numbers a row", width)] }
    return [("channels", width), ("steps", range(steps))]
  }

  /// What training refuses, and what it only warns of.
  private static func damage(_ found: Inspection) -> String {
    let remarks = ReadingText.remarks(found.notes, found.warnings)
    let copies = found.input == .images ? NearCopyText.lines(found.nearCopies, nil) : []
    return (remarks + found.problems + found.leakage.warnings + copies).map { $0 + "\n" }.joined()
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
