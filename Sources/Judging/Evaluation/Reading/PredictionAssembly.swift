import Files

/// The columns of a table, read whole, as predictions: decisions are made where there are none.
struct PredictionAssembly {
  let classes: [String]
  let paths: [String]
  let truths: [Int?]
  /// Decision of each row; `nil` where the table has none.
  let decided: [Int?]?
  let probabilities: [Double]
  let columns: [Predictions.Column]
  let options: PredictionOptions
  let decisionName: String
  let lone: LoneScore?

  /// The predictions, with what was said so far and what is found here.
  ///
  /// - Throws: `PredictionsError`.
  func reading(
    _ file: String, _ scores: PredictionColumns.Scores, _ said: [ReadingStatement],
    _ header: [String]
  ) throws(PredictionsError) -> PredictionReading {
    var statements = said
    let hasScores: Bool
    if case .none = scores { hasScores = false } else { hasScores = true }
    let predicted: [Int]
    if let decided {
      predicted = decided.map { $0 ?? 0 }
      if let lone { try check(lone, predicted, header, file) }
      if hasScores, let said = disagreement(predicted) { statements.append(said) }
    } else {
      let (made, said) = made()
      predicted = made
      statements += said.map { [$0] } ?? []
    }
    do throws(PredictionsError) {
      var predictions = try Predictions(
        unchecked: classes, paths: paths, truths: truths, predicted: predicted,
        probabilities: hasScores ? probabilities : ones(predicted), columns: columns,
        hasScores: hasScores)
      predictions.areOrdered = options.areOrdered
      return PredictionReading(predictions: predictions, statements: statements)
    } catch {
      throw .inFile(file, error)
    }
  }

  private func ones(_ predicted: [Int]) -> [Double] {
    var rows = [Double](repeating: 0, count: predicted.count * classes.count)
    for (row, index) in predicted.enumerated() { rows[row * classes.count + index] = 1 }
    return rows
  }

  /// The most probable class of each row. Of two equal ones among two classes it is the positive class, so
  /// that the order of the columns decides nothing.
  private func made() -> (predicted: [Int], said: ReadingStatement?) {
    let width = classes.count
    var support = [Int](repeating: 0, count: width)
    for case .some(let truth) in truths { support[truth] += 1 }
    let named = options.positive.flatMap(classes.firstIndex)
    let positive = named ?? PositiveClass(trainingCounts: nil, support: support)?.index
    var ties = 0
    let predicted = paths.indices.map { row -> Int in
      let scores = probabilities[row * width..<(row + 1) * width]
      if width == 2, let positive, scores.first == scores.last {
        ties += 1
        return positive
      }
      return mostProbable(scores)
    }
    guard ties > 0, let positive else { return (predicted, nil) }
    return (predicted, .ties(ties, decided: classes[positive]))
  }

  /// A warning where most decisions are not the most probable class.
  private func disagreement(_ predicted: [Int]) -> ReadingStatement? {
    let width = classes.count
    let others = predicted.indices.count { row in
      let scores = probabilities[row * width..<(row + 1) * width]
      return scores[scores.startIndex + predicted[row]] < (scores.max() ?? 0)
    }
    return others * 2 > predicted.count && predicted.count >= 10
      ? .disagreement(others, of: predicted.count, column: decisionName) : nil
  }

  /// A column `score` beside decisions may be the score of the decided class, or of the other: its values
  /// must be higher where the positive class is decided.
  private func check(
    _ lone: LoneScore, _ predicted: [Int], _ header: [String], _ file: String
  ) throws(PredictionsError) {
    guard !lone.isNamed else { return }
    let of = { (index: Int) in
      predicted.indices.lazy.filter { predicted[$0] == index }.map { probabilities[2 * $0 + 1] }
    }
    guard let least = of(1).min(), let most = of(0).max(), least < most else { return }
    let name = header[lone.column]
    throw .file(
      .malformedLine(
        path: file, line: 1,
        reason: "'\(name)' does not go with '\(decisionName)': it is \(short(most)) where"
          + " \(classes[0]) is decided and \(short(least)) where \(classes[1]) is; if it is how sure the"
          + " decision is, write the probability of each class as prob_<class> instead, if it is the"
          + " score of \(classes[0]), rename it prob_\(classes[0])"))
  }
}
