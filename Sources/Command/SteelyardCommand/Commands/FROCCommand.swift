import ArgumentParser
import Console
import Evaluation
import Foundation
import Uncertainty

/// `steelyard froc`
struct FROCCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "froc",
    abstract: "Measure a detector: lesions found against false marks per image, with intervals.",
    discussion: """
      A table of marks (columns image, score, and lesion: the one that it hits, empty for a false mark) \
      and a table of lesions (columns image, lesion; an image without any has a row with an empty cell; \
      group or patient_id if known). Intervals resample whole images, or whole groups.

      Example: steelyard froc detections.csv --lesions lesions.csv
      """)

  @Argument(help: ArgumentHelp("Marks of the detector.", valueName: "table"))
  var path: String

  @Option(help: ArgumentHelp("Lesions of all images.", valueName: "table"))
  var lesions: String

  @Option(
    name: .customLong("rate"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "False marks per image; repeatable (default: 0.125, 0.25, 0.5, 1, 2, 4, 8).",
      valueName: "number"))
  var asked: [Double] = []

  @OptionGroup(title: "Intervals") var intervals: SamplingFlags

  @Flag(help: "Print the result as JSON on standard output.")
  var json = false

  func validate() throws {
    if let wrong = asked.first(where: { !($0 >= 0 && $0.isFinite) }) {
      throw ValidationError("--rate: expected a number of at least 0, got \(wrong).")
    }
  }

  func run() throws {
    let settings = try intervals.required()
    let set = try DetectionSet.read(path, lesions: lesions)
    let assessment = DetectionAssessment(
      set, rates: asked.isEmpty ? FROC.rates : Set(asked).sorted(), settings: settings)
    if json { return try StandardStreams.json(assessment) }
    var table = TextTable([
      .right("false marks per image"), .right("sensitivity"),
      .right(EstimateText.heading(assessment.resampling)),
      .right("from a score of"),
    ])
    for point in assessment.points {
      table.add([
        String(format: "%g", point.falsePositivesPerImage),
        Format.decimal(point.sensitivity.value), EstimateText.span(point.sensitivity.interval),
        point.threshold.map { String(format: "%.4g", $0) } ?? "n/a",
      ])
    }
    table.addRule()
    table.add([
      "mean", Format.decimal(assessment.score.value), EstimateText.span(assessment.score.interval),
      "",
    ])
    StandardStreams.write(table.text(style: StandardStreams.style))
    StandardStreams.result(
      "lesions: \(Format.count(assessment.lesions)), marks: \(Format.count(assessment.marks))\n"
        + EstimateText.resamples(assessment.resampling, images: assessment.images)
        + EstimateText.madeBy(
          assessment.points.map { (name: "sensitivity", interval: $0.sensitivity.interval) }
            + [(name: "their mean", interval: assessment.score.interval)]))
  }
}
