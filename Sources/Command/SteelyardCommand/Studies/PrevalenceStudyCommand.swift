import ArgumentParser
import Console
import Evaluation
import Reports
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
    name: .customLong("prevalence"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Prevalence, between 0 and 1; repeatable (default: 0.5, 0.25, 0.1, 0.05, 0.01).",
      valueName: "part"))
  var asked: [Double] = []

  /// A half is always there: the impact is measured from it. None is there twice: a CSV has a column of each.
  private var prevalences: [Double] {
    guard !asked.isEmpty else { return ImbalanceImpact.prevalences }
    return asked.reduce(into: [0.5]) { if !$0.contains($1) { $0.append($1) } }
  }

  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: StudyFlags

  func validate() throws {
    if let wrong = asked.first(where: { !($0 > 0 && $0 < 1) }) {
      throw ValidationError("--prevalence: expected a number between 0 and 1, got \(wrong).")
    }
  }

  func run() throws {
    try StudySheet.checkFiles(csv: output.csv, plot: output.plot, reading: [path])
    let labelled = try LabelledPredictions(path, split: split, reading.options)
      .withScores(for: "a study of prevalence")
    labelled.notes.forEach(StandardStreams.note)
    let predictions = labelled.predictions
    let positive = try positive(in: predictions)
    let impact = ImbalanceImpact(predictions, of: positive, prevalences: prevalences)
    let drawn = ImbalanceImpact(
      predictions, of: positive,
      prevalences: StandalonePlot.prevalences(
        around: prevalences, natural: impact.natural?.prevalence))
    try output.show(sheet(impact, .prevalence(drawn)), impact)
  }

  private func sheet(_ impact: ImbalanceImpact, _ plot: StandalonePlot) -> StudySheet {
    let natural = impact.natural.map { "as it is, " + Format.percent($0.prevalence) } ?? "as it is"
    let points = [impact.natural] + impact.curve
    return StudySheet(
      columns: [.init("metric", impact.name, isNumber: false), .init("as_it_is", natural)]
        + impact.curve.map {
          .init("prevalence_\($0.prevalence)", Format.percent($0.prevalence))
        } + [.init("impact", "impact")],
      rows: ImbalanceImpact.metrics.map { metric in
        [.init(metric)] + points.map { .init($0?.values[metric]) }
          + [.init(impact.impact(on: metric))]
      },
      words: "impact: part of the value at 50.0 % that is lost as it is.", plot: plot)
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
