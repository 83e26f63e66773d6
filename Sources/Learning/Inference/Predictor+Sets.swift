public import Batches
public import Evaluation
import Imaging
public import Networks
import Requirements

extension Predictor {
  /// What the network says of a set of examples, with the truth where the set has it. Of experts that weigh evidence there
  /// are columns `uncertainty` and `experts` beside the probabilities (``Evidence``), of a network with a router the column
  /// `experts` alone: how many were asked, and no others were run; of cumulative logits a column `straightened`, 1 where
  /// probabilities crossed (``Decoding``).
  ///
  /// - Parameters:
  ///   - source: the set's inputs for evaluation; made here when not given.
  ///   - leavingOut: told every image that cannot be read, in the order of the set, once all others
  ///     are done; such images are then missing from the result. Without it they are an error. Not
  ///     together with `source`.
  /// - Throws: what reading an example or `progress` threw, or `PredictionsError`.
  public func predictions(
    on set: ExampleSet, source: (any InputSource)? = nil, by network: Network, classes: [String],
    _ preprocessing: Preprocessing, progress: (Int) throws -> Void = { _ in },
    leavingOut: ((UnreadableImage) -> Void)? = nil
  ) throws -> Predictions {
    try judged(
      set, source: source, by: network, classes: classes, preprocessing, progress: progress,
      leavingOut: leavingOut
    ).predictions
  }

  /// The same, with features and every expert's logits of the same pass, row by row as the predictions.
  ///
  /// - Parameters:
  ///   - set: the examples.
  ///   - network: what judges them.
  ///   - classes: names in the order of the logits, `[C]`.
  ///   - preprocessing: of the model.
  ///   - progress: told how many examples are done, after each batch or slice of one; may throw to stop.
  ///   - leavingOut: as in ``predictions(on:source:by:classes:_:progress:leavingOut:)``.
  /// - Throws: what reading an example or `progress` threw, or `PredictionsError`.
  public func predictionsAndOutputs(
    on set: ExampleSet, by network: Network, classes: [String], _ preprocessing: Preprocessing,
    progress: (Int) throws -> Void = { _ in }, leavingOut: ((UnreadableImage) -> Void)? = nil
  ) throws -> (predictions: Predictions, outputs: SetOutputs) {
    var collector = OutputsCollector()
    let (predictions, rows) = try judged(
      set, source: nil, by: network, classes: classes, preprocessing, progress: progress,
      leavingOut: leavingOut, seen: { collector.take($0, $1) })
    let all = collector.whole(of: network)
    return (predictions, rows.count == all.count ? all : all.keeping(rows))
  }

  /// Predictions, and the rows of the set that they are of.
  private func judged(
    _ set: ExampleSet, source: (any InputSource)?, by network: Network, classes: [String],
    _ preprocessing: Preprocessing, progress: (Int) throws -> Void,
    leavingOut: ((UnreadableImage) -> Void)?, seen: ((Outputs, [Int]) -> Void)? = nil
  ) throws -> (predictions: Predictions, rows: [Int]) {
    var evidence = EvidenceColumns(network.form)
    var straightened = StraightenedColumn(network.form.decoding)
    var predictor = self
    predictor.asksOnlyNeeded = seen == nil
    let (probabilities, rows) = try predictor.probabilitiesOfRows(
      set, source: source, by: network, preprocessing, progress: progress, leavingOut: leavingOut
    ) {
      evidence?.take($0, $1)
      straightened?.take($0, $1)
      seen?($0, $1)
    }
    let predictions = try Predictions(
      classes: classes, paths: rows.map { set.paths[$0] }, truths: rows.map { set.labels[$0] },
      probabilities: rows.flatMap {
        probabilities[$0 * classes.count..<($0 + 1) * classes.count]
      },
      columns: (set.groups.isEmpty ? [] : [.init("group", rows.map { set.groups[$0] })])
        + (evidence?.columns(of: rows) ?? [])
        + (straightened.map { [$0.column(of: rows)] } ?? []))
    return (predictions, rows)
  }

  /// Probabilities of all rows, `[N, C]` flat, and the rows that could be read.
  func probabilitiesOfRows(
    _ set: ExampleSet, source: (any InputSource)?, by network: Network,
    _ preprocessing: Preprocessing, progress: (Int) throws -> Void,
    leavingOut: ((UnreadableImage) -> Void)?, seen: (Outputs, [Int]) -> Void = { _, _ in }
  ) throws -> (probabilities: [Float], rows: [Int]) {
    var predictor = self
    predictor.crop = preprocessing.images?.size
    let readable = leavingOut.map { _ in ReadableImages() }
    let readSet = readable?.images(of: set) ?? set
    let inputs = source ?? readSet.source(for: .evaluation, preprocessing, workers: workers)
    let labels = set.labels.compactMap(\.self)
    require(
      attack == nil || labels.count == set.count,
      "Predictor: expected a label for each example to attack, got \(labels.count) for \(set.count)"
    )
    let probabilities = try predictor.probabilities(
      of: inputs, by: network, bounds: preprocessing.bounds(on: device),
      labels: labels, progress: progress, seen: seen)
    let failures = readable?.failures ?? [:]
    for (row, error) in failures.sorted(by: { $0.key < $1.key }) {
      leavingOut?(UnreadableImage(path: set.paths[row], error: error))
    }
    return (probabilities, set.paths.indices.filter { failures[$0] == nil })
  }
}
