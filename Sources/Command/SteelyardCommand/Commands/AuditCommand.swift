import ArgumentParser
import Audit
import Datasets
import Files

/// `steelyard audit`
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Find labels that are likely to be wrong, class by class; change nothing.",
    discussion: """
      Confident learning on probabilities that are out of sample: a table of predictions, a cross-fit, a run \
      (its test part), or anybody's as arrays. With --features the nearest neighbours are asked too. Ranks \
      are within the class, and the last examples of a class are never offered for correction. Where labels go \
      with nothing, "no structure" is said and no list is made.

      With --output: issues.csv (every label, with cleanlab's is_label_issue and label_score), counts.csv, hard.csv, \
      corrections.csv (to be filled in, for train --corrections), label-studio.json, audit.json and the page \
      audit.html; with --data pictures on the page, images.csv, what is odd about each image, and copies.csv, pairs that show the same \
      picture.

      hard.csv says how hard examples are: of the audited ones by their probabilities, of those that a run (--run, or \
      the one that is audited) learned from by what it recorded and kept (train --record examples --keep-checkpoints). \
      What is not there is named with the command that makes it. Hard is not wrong: rare images are hard with right \
      labels.

      With --explain: which training images of a run helped and harmed the answer to one image, and which lie nearest; \
      explain.csv, explain.json and the page explain.html.

      With --raters: what several raters' labels come to. The consensus is Dawid and Skene's, or with predictions \
      CROWDLAB's; agreement is Fleiss' kappa and Krippendorff's alpha (ordinal too with --ordered), and raters are judged by \
      the others, class by class. raters.csv, consensus.csv (a table of data, and corrections for train), corrections.csv \
      (rows to look at, to be filled in) and raters.json.

      Example: steelyard audit runs/crossfit --data blood-cells --output audit
      Example: steelyard audit --probabilities P.npy --given L.npy --json
      Example: steelyard audit runs/crossfit --raters ratings.csv --output raters
      Example: steelyard audit runs/erm --gradients --output audit
      Example: steelyard audit runs/erm --explain test/melanoma/17.png --output explained
      """)

  @Argument(
    help: ArgumentHelp(
      "Predictions (.csv, .tsv) that carry the given labels, folder of a cross-fit, or run directory.",
      valueName: "table|crossfit|run"))
  var path: String?

  @Option(
    help: ArgumentHelp(
      "The images, for pictures on the page, their quality, and what else tells the classes apart: folder or table that the paths are of.",
      valueName: "data"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "Part of the data (default: test of a run, all of a table).", valueName: "part"))
  var split: String?

  @Option(
    help: ArgumentHelp(
      "Which rule decides (default: \(IssueRule.noiseRate.rawValue)).", valueName: "rule"))
  var filter: IssueRule?

  @Option(
    help: ArgumentHelp(
      "Which score ranks, and is label_score (default: \(LabelScore.selfConfidence.rawValue)).",
      valueName: "score"))
  var rankBy: LabelScore?

  @Option(
    help: ArgumentHelp(
      "Classes whose findings, given or suggested, are looked at first: names with commas between, or rarest:5, those with the fewest labels, to which wrong labels count too; issues.csv then has a column look, and corrections.csv is in that order (goes with --output).",
      valueName: "classes"))
  var first: FirstClasses?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "So many examples of a given class stay at least (default: 1).", valueName: "number"))
  var keep: Int?

  @Option(name: .shortAndLong, help: ArgumentHelp("Write the files here.", valueName: "folder"))
  var output: String?

  @Flag(help: "Replace the files of an audit that lie there.")
  var overwrite = false

  @OptionGroup var threads: ThreadFlags

  @OptionGroup(title: "Arrays in place of a table") var arrays: ArrayFlags
  @OptionGroup(title: "Several raters") var several: RaterFlags
  @OptionGroup(title: "Votes of neighbours") var near: NeighbourFlags
  @OptionGroup(title: "Hard examples and explanations") var hard: HardFlags
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  func run() throws {
    let folder = try output.map {
      try AuditOutput(
        $0,
        kind: several.ratings != nil ? .raters : hard.explain == nil ? .audit : .explanation,
        overwrite: overwrite)
    }
    if let ratings = several.ratings { return try auditRaters(ratings, folder) }
    if let image = hard.explain { return try explain(image, folder) }
    let trained = try trainingRun()
    let workers = threads.count
    let input = try input()
    input.notes.forEach(report.note)
    let labels = input.labels
    try checkNames(labels)
    let similar = try near.votes(on: labels, threads: workers)
    // Rows of numbers have no pictures, but gradients may be those of where they lie now.
    let images = try data.flatMap {
      try AuditImages($0, threads: workers, orNone: hard.gradients && hard.trained == nil)
    }
    let findings = try findings(input, similar, workers)
    if let missing = images.flatMap({ images in
      labels.paths?.first { !images.has($0) }
    }) {
      report.note("data: \(data ?? "") has no image '\(missing)'; it is shown without a picture")
    }
    let table = try hardTable(findings, trained)
    var summary = findings.summary
    summary.pictures = images?.audit.summary
    summary.hard = table?.summary
    try folder?.write(findings, images, table, summary)
    if report.json { return try StandardStreams.json(summary) }
    StandardStreams.write(
      AuditText(findings: findings).text(style: StandardStreams.style)
        + AuditText.of(summary.pictures) + AuditText.of(images?.copies)
        + (table.map(AuditText.of) ?? ""))
    if let output {
      StandardStreams.result(
        "written: \(output)/audit.html, issues.csv, corrections.csv, …")
    }
  }
}
