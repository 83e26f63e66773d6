import Evaluation
import Randomness

/// A table drawn at random: a model of some skill on classes of unequal size.
func drawnPredictions(
  count: Int, classes: Int, key: RandomKey, levels: Int? = nil, groups: Int? = nil
) throws -> Predictions {
  var random = key.source
  var (truths, scores, names): ([Int], [Double], [String]) = ([], [], [])
  for _ in 0..<count {
    // Class k is drawn about half as often as class k − 1.
    var truth = 0
    while truth < classes - 1, random.below(2) == 0 { truth += 1 }
    var row = (0..<classes).map { _ in random.uniform() }
    row[truth] += 0.5
    if let levels { row = row.map { Double(Int($0 * Double(levels)) + 1) } }
    let sum = row.reduce(0, +)
    truths.append(truth)
    scores += row.map { $0 / sum }
    if let groups { names.append("patient \(random.below(groups))") }
  }
  return try Predictions(
    classes: (0..<classes).map { "class \($0)" }, paths: (0..<count).map { "image \($0)" },
    truths: truths, probabilities: scores,
    columns: groups == nil ? [] : [.init("group", names)])
}

/// What metrics say of examples repeated as often as their weights, the slow way.
func repeated(_ predictions: Predictions, _ weights: [Int]) -> MetricInputs {
  var evidence = MetricsAccumulator(classes: predictions.classes.count)
  for (row, weight) in weights.enumerated() {
    if let outcome = predictions.outcome(row) { for _ in 0..<weight { evidence.add(outcome) } }
  }
  var inputs = evidence.value
  inputs.areOrdered = predictions.areOrdered
  return inputs
}
