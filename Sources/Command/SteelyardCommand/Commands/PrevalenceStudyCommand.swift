import ArgumentParser
import Console
import Evaluation
import Requirements

/// `steelyard study prevalence`
struct PrevalenceStudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prevalence",
    abstract: "What a class's metrics would be if it were more common, or rarer; same model.",
    discussion: """
      Recall, specificity and AUROC do not move; precision, F1 and average precision do, so they compare \
      prevalences as much as models. Examples are given weights; none is drawn.
      """)

  @Argument(help: ArgumentHelp("Run directory or predictions.", valueName: "run|table"))
  var path: String

  @Option(
    name: .customLong("class"),
    help: ArgumentHelp("The class (default: the rarest in the truth).", valueName: "name"))
  var className: String?

  @Option(help: ArgumentHelp("Part of the data (default: test of a run).", valueName: "part"))
  var split: String?

  @Option(
    name: .customLong("prevalence"),
    help: ArgumentHelp(
      "Prevalence, between 0 and 1; repeatable (default: 0.5, 0.25, 0.1, 0.05, 0.01).",
      valueName: "part"))
  var asked: [Double] = []

  /// A half is always there: the impact is measured from it.
  private var prevalences: [Double] {
    asked.isEmpty ? ImbalanceImpact.prevalences : [0.5] + asked.filter { $0 != 0.5 }
  }

  @OptionGroup(title: "Reading") var reading: ReadingFlags

  @Flag(help: "Print the result as JSON on standard output.")
  var json = false

  func validate() throws {
    if let wrong = asked.first(where: { !($0 > 0 && $0 < 1) }) {
      throw ValidationError("--prevalence: expected a number between 0 and 1, got \(wrong).")
    }
  }

  func run() throws {
    let labelled = try LabelledPredictions(path, split: split, reading.options)
      .withScores(for: "a study of prevalence")
    labelled.notes.forEach(StandardStreams.note)
    let predictions = labelled.predictions
    let impact = ImbalanceImpact(
      predictions, of: try positive(in: predictions), prevalences: prevalences)
    if json { return try StandardStreams.json(impact) }
    StandardStreams.write(table(impact).text(style: StandardStreams.style))
    StandardStreams.result("\nimpact: part of the value at 50.0 % that is lost as it is.")
  }

  private func table(_ impact: ImbalanceImpact) -> TextTable {
    let heads = impact.curve.map { TextTable.Column.right(Format.percent($0.prevalence)) }
    let natural = impact.natural.map { "as it is, " + Format.percent($0.prevalence) } ?? "as it is"
    var table = TextTable([.left(impact.name), .right(natural)] + heads + [.right("impact")])
    for metric in ImbalanceImpact.metrics {
      let points = [impact.natural] + impact.curve
      let cells = points.map { Format.decimal($0?.values[metric]) }
      table.add([metric] + cells + [Format.decimal(impact.impact(on: metric))])
    }
    return table
  }

  private func positive(in predictions: Predictions) throws -> Int {
    guard let className else {
      var counts = predictions.classes.map { _ in 0 }
      for truth in predictions.truths { if let truth { counts[truth] += 1 } }
      let occurring = counts.indices.filter { counts[$0] > 0 }
      return occurring.min { counts[$0] < counts[$1] } ?? 0
    }
    guard let index = predictions.classes.firstIndex(of: className) else {
      let hint = nearest(to: className, among: predictions.classes)
      throw OptionError.conflict(
        "class: there is no '\(className)'" + (hint.map { "; did you mean '\($0)'?" } ?? ""))
    }
    return index
  }
}
