import Console

/// What `predict --filter` prints.
enum FilterText {
  /// How many images were accepted, and the set score of each label.
  static func of(_ summary: FilteredImages.Summary, style: Style = .plain) -> String {
    var table = TextTable(
      [
        .left("label"), .right("threshold"), .right("said of"), .right("set score"),
        .left("rejects"),
      ])
    for row in summary.labels {
      table.add([
        row.label, Format.decimal(row.threshold), Format.count(row.said),
        Format.decimal(row.setScore, places: 1), row.rejects ? "yes" : "no",
      ])
    }
    let kept =
      summary.keptForClass == 0
      ? ""
      : " (\(Format.count(summary.keptForClass)) of them although a label rejects them, for --class-floor)"
    let bad =
      summary.unreadable == 0
      ? "" : ", \(Format.count(summary.unreadable)) of which cannot be read"
    return """
      accepted \(Format.count(summary.accepted)) of \(Format.count(summary.images)) images\(kept); \
      \(Format.count(summary.rejected)) are rejected\(bad)

      \(table.text(style: style))
      set score of the labels that reject, together: \(Format.decimal(summary.setScore, places: 1)) of 100

      """
  }
}
