public import Batches
import Evaluation
public import Networks
import Sampling
public import Targets

extension Predictor {
  /// What a network of several labels says of a set of examples, with what is known of their labels.
  ///
  /// - Parameters:
  ///   - set: the examples.
  ///   - source: the set's inputs for evaluation; made here when not given.
  ///   - network: what judges them.
  ///   - labels: names in the order of the logits, `[L]`.
  ///   - preprocessing: of the model.
  ///   - progress: told how many examples are done, after each batch or slice of one; may throw to stop.
  ///   - leavingOut: as in ``predictions(on:source:by:classes:_:progress:leavingOut:)``.
  /// - Throws: what reading an example or `progress` threw, or `PredictionsError.notAProbability`.
  public func labelPredictions(
    on set: ExampleSet, source: (any InputSource)? = nil, by network: Network, labels: [String],
    _ preprocessing: Preprocessing, progress: (Int) throws -> Void = { _ in },
    leavingOut: ((UnreadableImage) -> Void)? = nil
  ) throws -> LabelPredictions {
    let (all, rows) = try probabilitiesOfRows(
      set, source: source, by: network, preprocessing, progress: progress, leavingOut: leavingOut)
    let width = labels.count
    for (place, row) in rows.enumerated() {
      if let wrong = all[row * width..<(row + 1) * width].first(where: { !(0...1).contains($0) }) {
        throw PredictionsError.notAProbability(
          set.paths[row], row: place + 1, value: "\(wrong)")
      }
    }
    return LabelPredictions(
      labels: labels, paths: rows.map { set.paths[$0] },
      truths: rows.flatMap { row in
        set.labelTable.map { Array($0[row]) } ?? [Bool?](repeating: nil, count: width)
      },
      probabilities: rows.flatMap { row in
        all[row * width..<(row + 1) * width].map(Double.init)
      },
      carried: CarriedColumns(columns(of: set, rows)))
  }

  /// Groups and studies of the rows, where there are some; a study column called `group` stands for both.
  private func columns(of set: ExampleSet, _ rows: [Int]) -> [Predictions.Column] {
    let groups: [Predictions.Column] =
      set.groups.isEmpty ? [] : [.init("group", rows.map { set.groups[$0] })]
    guard let studies = set.studies else { return groups }
    let column = Predictions.Column(studies.column, rows.map { studies.names[$0] })
    return groups.filter { $0.name != column.name } + [column]
  }
}
