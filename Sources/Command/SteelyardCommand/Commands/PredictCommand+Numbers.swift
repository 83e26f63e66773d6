import Batches
import Datasets
import Files
import Inference
import Targets

extension PredictCommand {
  /// What a model of a number says: the number of each example, with its prediction interval where the model has one.
  func predictNumbers(by given: TrainedModel) throws {
    try checkOptions(of: "a number")
    var model = given
    let band = rule ? try ModelFile.band(of: model.file) : nil
    let dataset = try opened(for: &model)
    let set = ExampleSet(dataset, classes: nil)
    var predictions = try leavingOutBad(of: set) { leavingOut in
      try model.numberPredictions(
        on: set, label: "predicting", isQuiet: report.quiet, leavingOut: leavingOut)
    }
    notePixels(of: dataset, as: model.description.preprocessing)
    if let band {
      predictions = band.applied(to: predictions)
      report.note(
        "lower and upper hold the number of \(Int((100 * band.level).rounded())) % of examples that are like those of validation"
          + " (\(band.n))" + (mirror ? "; they were made without mirror images" : ""))
    }
    if let output {
      try predictions.write(to: output)
    } else if report.json {
      try StandardStreams.json(
        NumberListing.all(predictions, name: model.description.classes[0]))
    } else {
      let (columns, rows) = predictions.table
      StandardStreams.write(([columns] + rows).map { DelimitedWriter.line($0) }.joined())
    }
  }
}

/// What `steelyard predict --json` says of one example of which a model says a number.
struct NumberListing: Codable, Equatable, Sendable {
  var path: String
  /// What the number is called in the training data.
  var name: String
  var number: Double
  /// Ends of the prediction interval; absent where the model has none.
  var lower: Double?
  var upper: Double?

  static func all(_ predictions: NumberPredictions, name: String) -> [NumberListing] {
    (0..<predictions.count).map { row in
      NumberListing(
        path: predictions.paths[row], name: name, number: predictions.predicted[row],
        lower: predictions.intervals?[row].lowerBound,
        upper: predictions.intervals?[row].upperBound)
    }
  }
}
