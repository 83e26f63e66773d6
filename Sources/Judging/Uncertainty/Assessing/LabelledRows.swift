import Evaluation

/// The rows of a set of predictions that have a truth, in the order of their paths: a result is then
/// the same, byte for byte, however the rows of the file are ordered.
func labelledRows(_ predictions: Predictions) -> [Int] {
  let paths = predictions.paths
  return predictions.truths.indices.filter { predictions.truths[$0] != nil }
    .sorted { paths[$0] < paths[$1] }
}
