public import Batches
import Evaluation
public import Networks
public import Targets

extension Predictor {
  /// What a network says of the number of each example of a set, with the truth where the set has it.
  ///
  /// - Parameters:
  ///   - set: the examples.
  ///   - source: the set's inputs for evaluation; made here when not given.
  ///   - network: what judges them; one output.
  ///   - scale: how its output becomes the number.
  ///   - preprocessing: of the model.
  ///   - progress: told how many examples are done, after each batch or slice of one; may throw to stop.
  ///   - leavingOut: as in ``predictions(on:source:by:classes:_:progress:leavingOut:)``.
  /// - Throws: what reading an example or `progress` threw, or `NotANumber`.
  public func numberPredictions(
    on set: ExampleSet, source: (any InputSource)? = nil, by network: Network,
    _ scale: NumberScale, _ preprocessing: Preprocessing,
    progress: (Int) throws -> Void = { _ in }, leavingOut: ((UnreadableImage) -> Void)? = nil
  ) throws -> NumberPredictions {
    let (all, rows) = try probabilitiesOfRows(
      set, source: source, by: network, preprocessing, progress: progress, leavingOut: leavingOut)
    let numbers = try rows.map { row in
      let number = scale.mean + scale.scale * Double(all[row])
      guard number.isFinite else { throw NotANumber(path: set.paths[row]) }
      return number
    }
    return NumberPredictions(
      paths: rows.map { set.paths[$0] },
      truths: rows.map { row in set.numbers.map { $0[row] } }, predicted: numbers,
      carried: CarriedColumns(
        set.groups.isEmpty ? [] : [.init("group", rows.map { set.groups[$0] })]))
  }
}
