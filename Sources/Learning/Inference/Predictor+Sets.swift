public import Batches
public import Evaluation
import Imaging
public import Networks
import Requirements

extension Predictor {
  /// What the network says of a set of images, with the truth where the set has it.
  ///
  /// - Parameters:
  ///   - store: the set's images prepared for evaluation; made here when not given.
  ///   - leavingOut: told every image that cannot be read, in the order of the set, once all others
  ///     are done; such images are then missing from the result. Without it they are an error. Not
  ///     together with `store`.
  /// - Throws: what reading an image or `progress` threw, or `PredictionsError`.
  public func predictions(
    on set: ImageSet, store: ImageStore? = nil, by network: Network, classes: [String],
    _ preprocessing: Preprocessing, progress: (Int) throws -> Void = { _ in },
    leavingOut: ((UnreadableImage) -> Void)? = nil
  ) throws -> Predictions {
    try judged(
      set, store: store, by: network, classes: classes, preprocessing, progress: progress,
      leavingOut: leavingOut
    ).predictions
  }

  /// The same, with features and every expert's logits of the same pass, row by row as the predictions.
  ///
  /// - Parameters:
  ///   - set: the images.
  ///   - network: what judges them.
  ///   - classes: names in the order of the logits, `[C]`.
  ///   - preprocessing: of the model.
  ///   - progress: told how many images are done, after each batch; may throw to stop.
  ///   - leavingOut: as in ``predictions(on:store:by:classes:_:progress:leavingOut:)``.
  /// - Throws: what reading an image or `progress` threw, or `PredictionsError`.
  public func predictionsAndOutputs(
    on set: ImageSet, by network: Network, classes: [String], _ preprocessing: Preprocessing,
    progress: (Int) throws -> Void = { _ in }, leavingOut: ((UnreadableImage) -> Void)? = nil
  ) throws -> (predictions: Predictions, outputs: SetOutputs) {
    var collector = OutputsCollector()
    let (predictions, rows) = try judged(
      set, store: nil, by: network, classes: classes, preprocessing, progress: progress,
      leavingOut: leavingOut, seen: { collector.take($0) })
    let all = collector.whole(of: network)
    return (predictions, rows.count == all.count ? all : all.keeping(rows))
  }

  /// Predictions, and the rows of the set that they are of.
  private func judged(
    _ set: ImageSet, store: ImageStore?, by network: Network, classes: [String],
    _ preprocessing: Preprocessing, progress: (Int) throws -> Void,
    leavingOut: ((UnreadableImage) -> Void)?, seen: (Outputs) -> Void = { _ in }
  ) throws -> (predictions: Predictions, rows: [Int]) {
    let readable = leavingOut.map { _ in ReadableImages() }
    let readSet = readable?.images(of: set) ?? set
    let images = store ?? readSet.evaluation(preprocessing.transforms, budget: 0)
    let labels = set.labels.compactMap(\.self)
    require(
      attack == nil || labels.count == set.count,
      "Predictor: expected a label for each image to attack, got \(labels.count) for \(set.count)")
    let probabilities = try probabilities(
      of: images, by: network, preprocessing, labels: labels, progress: progress, seen: seen)
    let failures = readable?.failures ?? [:]
    for (row, error) in failures.sorted(by: { $0.key < $1.key }) {
      leavingOut?(UnreadableImage(path: set.paths[row], error: error))
    }
    let rows = set.paths.indices.filter { failures[$0] == nil }
    let predictions = try Predictions(
      classes: classes, paths: rows.map { set.paths[$0] }, truths: rows.map { set.labels[$0] },
      probabilities: rows.flatMap {
        probabilities[$0 * classes.count..<($0 + 1) * classes.count]
      },
      columns: set.groups.isEmpty ? [] : [.init("group", rows.map { set.groups[$0] })])
    return (predictions, rows)
  }
}
