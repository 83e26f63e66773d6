import Evaluation

/// What `steelyard predict --json` says of one image.
struct PredictionListing: Codable, Equatable, Sendable {
  var path: String
  var prediction: String
  /// By class name; they sum to 1.
  var probabilities: [String: Double]

  static func all(_ predictions: Predictions) -> [PredictionListing] {
    (0..<predictions.count).map { row in
      PredictionListing(
        path: predictions.paths[row], prediction: predictions.classes[predictions.predicted[row]],
        probabilities: Dictionary(
          uniqueKeysWithValues: zip(predictions.classes, predictions[row])))
    }
  }
}
