import ArgumentParser
import Console
import Evaluation
import Uncertainty

/// `steelyard change`
struct ChangeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "change",
    abstract: "Measure reported changes between two dates: SeK and its kin, with intervals.",
    discussion: """
      A table of counts: columns image, y_true, y_pred, and if there are any count (of pixels; 1 without) \
      and group. Most of what is compared has not changed, so accuracy says little; SeK leaves the \
      rightly unchanged out. Intervals resample whole images, or whole groups.

      Example: steelyard change counts.csv --unchanged "no change"
      """)

  @Argument(help: ArgumentHelp("Counts, image by image.", valueName: "table"))
  var path: String

  @Option(help: ArgumentHelp("Name of the class that means no change.", valueName: "class"))
  var unchanged: String

  @OptionGroup(title: "Intervals") var intervals: SamplingFlags

  @Flag(help: "Print the result as JSON on standard output.")
  var json = false

  func run() throws {
    let settings = try intervals.required()
    let assessment = ChangeAssessment(
      try ChangeTable.read(path, unchanged: unchanged), settings: settings)
    if json { return try StandardStreams.json(assessment) }
    var table = TextTable([
      .left("metric"), .right("value"), .right(EstimateText.heading(assessment.resampling)),
    ])
    for name in ChangeAssessment.names {
      let metric = assessment.metrics[name]
      table.add([name, Format.decimal(metric?.value), EstimateText.span(metric?.interval)])
    }
    StandardStreams.write(table.text(style: StandardStreams.style))
    StandardStreams.result(
      "\n"
        + (assessment.classes.count == 2
          ? "One kind of change: kappa and SeK are then at most 0; read f1 and changed_iou.\n" : "")
        + "kinds of change: \(assessment.classes.dropFirst().joined(separator: ", "))\n"
        + EstimateText.resamples(assessment.resampling, images: assessment.images)
        + EstimateText.madeBy(
          ChangeAssessment.names.map { ($0, assessment.metrics[$0]?.interval) }))
  }
}
