import Console
package import Datasets

/// Near copies as people read them.
package enum NearCopyText {
  /// `none`, or how many pairs there are and where.
  package static func summary(_ found: NearCopyReport) -> String {
    if found.pairs.isEmpty { return "none" }
    let parts = [
      count(found.pairs.count, "pair"),
      found.crossing.isEmpty ? nil : "\(Format.count(found.crossing.count)) in two parts",
      found.contradicting.isEmpty
        ? nil : "\(Format.count(found.contradicting.count)) with different labels",
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  /// What must be looked at: the pairs in two parts, those with different labels, and, where the data
  /// have no parts yet, all of them.
  ///
  /// - Parameters:
  ///   - found: The near copies.
  ///   - choice: What training was asked to do about them; `nil` in an inspection.
  package static func lines(
    _ found: NearCopyReport, _ choice: NearDuplicateChoice?
  ) -> [String] {
    var lines: [String] = []
    if !found.crossing.isEmpty {
      lines.append(
        "warning: near copies: \(count(found.crossing.count, "pair")) of images that show the same"
          + " picture (saved again, resized or slightly cropped) in two parts, which flatters the numbers;"
          + advice(choice))
      lines += NearCopyReport.lines(found.crossing) { $0.split?.rawValue ?? "no part" }
    }
    let others = found.contradicting.filter { !$0.crossesSplits }
    if !others.isEmpty {
      lines.append(
        "warning: near copies with different labels: \(count(others.count, "pair")); decide which is right"
      )
      lines += NearCopyReport.lines(others) { $0.label ?? "no label" }
    }
    let rest = found.pairs.filter { !$0.crossesSplits && !$0.contradicts }
    guard !rest.isEmpty else { return lines }
    let isSplit = rest.contains { $0.left.split != nil }
    if isSplit {
      lines.append("near copies: \(count(rest.count, "pair")) within one part")
    } else {
      lines.append(
        "near copies: \(count(rest.count, "pair")) of images that show the same picture (saved again,"
          + " resized or slightly cropped); train with --near-duplicates group keeps each pair in one part"
      )
      lines += NearCopyReport.lines(rest) { $0.label ?? "no label" }
    }
    return lines
  }

  private static func advice(_ choice: NearDuplicateChoice?) -> String {
    switch choice {
    case .group:
      " they stay there, for the split is that of the data; leave one of each pair out"
    case .keep, .refuse:
      " --near-duplicates group keeps them in one part where the split is drawn here, refuse stops"
    case nil: " split again, or leave one of each pair out"
    }
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(Format.count(number)) \(noun)\(number == 1 ? "" : "s")"
  }
}
