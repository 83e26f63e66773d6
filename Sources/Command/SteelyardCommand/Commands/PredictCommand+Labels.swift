import Batches
import Datasets
import Files
import Inference
import Targets

extension PredictCommand {
  /// What a model of several labels says: a probability for each, and those from their thresholds on.
  func predictLabels(by given: TrainedModel) throws {
    try checkOptions(of: "several labels")
    if let folder = filter.filter { return try filterImages(by: given, into: folder) }
    var model = given
    let chosen = rule ? try ModelFile.labelRule(of: model.file) : nil
    let dataset = try opened(for: &model)
    let set = ExampleSet(dataset, classes: nil)
    var predictions = try leavingOutBad(of: set) { leavingOut in
      try model.labelPredictions(
        on: set, label: "predicting", isQuiet: report.quiet, leavingOut: leavingOut)
    }
    notePixels(of: dataset, as: model.description.preprocessing)
    let answers = try chosen.flatMap { $0.hasSets ? try $0.answers(to: predictions) : nil }
    if let chosen { predictions = try chosen.applied(to: predictions) }
    let thresholds =
      try chosen?.matched(predictions.labels).map(\.threshold)
      ?? predictions.labels.map { _ in 0.5 }
    report.note(
      chosen == nil
        ? "labels are said to be there from a probability of 0.5 on"
        : "decided by the thresholds stored with the model; --no-rule decides from 0.5 on")
    try give(predictions, thresholds, answers)
  }

  private func give(
    _ predictions: LabelPredictions, _ thresholds: [Double], _ answers: [LabelAnswer?]?
  ) throws {
    if let output {
      try predictions.write(
        to: output, deciding: thresholds, showingTruth: false, answers: answers)
    } else if report.json {
      try StandardStreams.json(LabelListing.all(predictions, thresholds, answers))
    } else {
      let (columns, rows) = predictions.table(
        deciding: thresholds, showingTruth: false, answers: answers)
      StandardStreams.write(([columns] + rows).map { DelimitedWriter.line($0) }.joined())
    }
  }
}

/// What `steelyard predict --json` says of one image that may have several labels.
struct LabelListing: Codable, Equatable, Sendable {
  var path: String
  /// The labels from their thresholds on.
  var labels: [String]
  /// By label; they need not sum to 1.
  var probabilities: [String: Double]
  /// What conformal sets say of each label that has some; absent where none has.
  var sets: [String: LabelAnswer]?

  static func all(
    _ predictions: LabelPredictions, _ thresholds: [Double], _ answers: [LabelAnswer?]? = nil
  ) -> [LabelListing] {
    let width = predictions.labels.count
    return (0..<predictions.count).map { row in
      let scores = predictions.probabilities[row * width..<(row + 1) * width]
      return LabelListing(
        path: predictions.paths[row],
        labels: zip(predictions.labels, zip(scores, thresholds)).compactMap {
          $1.0 >= $1.1 ? $0 : nil
        },
        probabilities: Dictionary(uniqueKeysWithValues: zip(predictions.labels, scores)),
        sets: answers.map { answers in
          Dictionary(
            uniqueKeysWithValues: predictions.labels.indices.compactMap { label in
              answers[row * width + label].map { (predictions.labels[label], $0) }
            })
        })
    }
  }
}
