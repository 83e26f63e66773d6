import ArgumentParser
import Curation

/// How `curate` keeps a part of the data by a score.
struct InfluenceFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep a part by this column of --scores in place of a diverse set: any number, or of a run's examples.csv aum, el2n or forgetting.",
      valueName: "name"))
  var scoreColumn: String?

  @Option(
    help: ArgumentHelp(
      "Table with path and the score: issues.csv of an audit, examples.csv of a run, or yours.",
      valueName: "file"))
  var scores: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Share of the rows that is kept (default: 0.5).", valueName: "share"))
  var keep: Double?

  @Option(help: ArgumentHelp("Which end is kept (default: easy).", valueName: "end"))
  var end: InfluenceRule.End?

  @Option(
    help: ArgumentHelp(
      "Which scores are of hard examples (default: by the name of the column, else high).",
      valueName: "end"))
  var hardIs: ScoreTable.HardEnd?

  @Option(
    help: ArgumentHelp(
      "Compare scores within the class or over the whole set (default: class).",
      valueName: "what"))
  var within: InfluenceRule.Scale?

  @Option(
    help: ArgumentHelp(
      "A hard cut, a draw in proportion to the score, or at random (default: cut).",
      valueName: "how"))
  var draw: InfluenceRule.Draw?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Rows of a class that stay at least (default: 0).", valueName: "number"))
  var classFloor: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Share of a class that may be lost (default: so much that it keeps half the share kept of all).",
      valueName: "share"))
  var mostLost: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Last epoch that counts, where --scores has a column epoch (default: all).",
      valueName: "number"))
  var lastEpoch: Int?

  func validate() throws {
    guard (scoreColumn == nil) == (scores == nil) else {
      throw ValidationError("--score-column and --scores go together: give both.")
    }
    if scoreColumn == nil, let given {
      throw ValidationError(
        "\(given): it is about a score; say which with --score-column and --scores.")
    }
    if let classFloor, !(0...1_000_000).contains(classFloor) {
      throw ValidationError("--class-floor: expected a number of at least 0, got \(classFloor).")
    }
    if let lastEpoch, lastEpoch < 1 {
      throw ValidationError("--last-epoch: expected at least 1, got \(lastEpoch).")
    }
    do { try rule.check() } catch { throw ValidationError("\(error).") }
  }

  /// The first option that says how the score is used; nil where none was given.
  private var given: String? {
    let all: [(String, Bool)] = [
      ("--keep", keep != nil), ("--end", end != nil), ("--hard-is", hardIs != nil),
      ("--within", within != nil), ("--draw", draw != nil), ("--class-floor", classFloor != nil),
      ("--most-lost", mostLost != nil), ("--last-epoch", lastEpoch != nil),
    ]
    return all.first(where: \.1)?.0
  }

  /// As the library takes them.
  var rule: InfluenceRule {
    var rule = InfluenceRule(keep: keep ?? 0.5)
    rule.end = end ?? rule.end
    rule.scale = within ?? rule.scale
    rule.draw = draw ?? rule.draw
    (rule.floor, rule.mostLost) = (classFloor ?? rule.floor, mostLost)
    return rule
  }
}
