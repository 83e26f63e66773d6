import Evaluation

/// What `steelyard predict --json` says of one image.
struct PredictionListing: Codable, Equatable, Sendable {
  var path: String
  var prediction: String
  /// By class name; they sum to 1.
  var probabilities: [String: Double]
  /// Whether an operating point decided; absent where the model has none.
  var flagged: Bool?
  /// Whether a human is to look; absent where the rule never abstains.
  var abstained: Bool?
  /// The conformal set; absent where the rule makes none.
  var set: [String]?

  static func all(_ predictions: Predictions) -> [PredictionListing] {
    let (flagged, abstained) = (predictions.column("flagged"), predictions.column("abstained"))
    let sets = predictions.column("set")
    return (0..<predictions.count).map { row in
      PredictionListing(
        path: predictions.paths[row], prediction: predictions.classes[predictions.predicted[row]],
        probabilities: Dictionary(
          uniqueKeysWithValues: zip(predictions.classes, predictions[row])),
        flagged: flagged.map { $0[row] == "yes" }, abstained: abstained.map { $0[row] == "yes" },
        set: sets.map { $0[row].split(separator: "|").map(String.init) })
    }
  }
}
