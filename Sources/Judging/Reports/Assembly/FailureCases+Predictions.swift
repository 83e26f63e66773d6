import Evaluation

extension FailureCases {
  init(_ predictions: Predictions, options: ReportOptions, image: (String) -> [UInt8]?) {
    let width = predictions.classes.count
    let wrong = (0..<predictions.count).filter {
      predictions.truths[$0].map { [decided = predictions.predicted[$0]] in $0 != decided } ?? false
    }
    let confidence = { (row: Int) in
      predictions.probabilities[row * width + predictions.predicted[row]]
    }
    // Ties by row, so that the same table gives the same page.
    let surest = wrong.sorted {
      (confidence($0), $1) > (confidence($1), $0)
    }
    var (shown, ofPair) = ([Mistake](), [[Int]: Int]())
    for row in surest where shown.count < options.mistakes {
      guard let truth = predictions.truths[row] else { continue }
      let pair = [truth, predictions.predicted[row]]
      guard ofPair[pair, default: 0] < options.mistakesPerPair else { continue }
      ofPair[pair, default: 0] += 1
      let path = predictions.paths[row]
      shown.append(
        Mistake(
          path: path, truth: predictions.classes[truth],
          predicted: predictions.classes[predictions.predicted[row]],
          confidence: confidence(row),
          truthProbability: predictions.probabilities[row * width + truth],
          thumbnail: image(path).flatMap { Thumbnail.uri($0, longest: options.thumbnail) }))
    }
    self.init(total: wrong.count, mistakes: shown, perPair: options.mistakesPerPair)
  }
}
