import Batches
import Losses
import Networks
import Plans
import Randomness
import Sampling
import Torch

/// A run of a method on labels alone: the "images" of a class are logits that favour it.
struct TinyRun {
  let method: any Method
  let classes: ClassCounts
  let labels: [Int]
  let key: RandomKey
  let scale: Double
  var losses: [Float] = []
  /// What diversity takes off the losses, at most 0.
  var rewards: [Float] = []
  /// Part of the label mass that fell on each class, `[C]`.
  var mass: [Double] = []

  init(_ method: any Method, counts: [Int], seed: UInt64, scale: Double = 2) throws {
    self.method = method
    classes = try ClassCounts(counts)
    labels = counts.enumerated().flatMap { [Int](repeating: $0, count: $1) }
    key = RandomKey(seed: seed)
    self.scale = scale
  }

  /// `[N, 3]` logits, or `[N, C]` for `classes`, unlike in every row.
  static func logits(_ labels: [Int], classes: Int = 3, scale: Double = 2) -> Tensor {
    var rows: [Float] = []
    for (row, label) in labels.enumerated() {
      for c in 0..<classes {
        let towards = c == label ? scale : -scale
        rows.append(Float(towards + 0.01 * Double(row * c % 5)))
      }
    }
    return Tensor(rows, shape: [labels.count, classes])
  }

  static func losses(
    _ stage: Stage, _ streams: [Batch], form: NetworkForm, counts: [Int] = [90, 9, 1]
  ) throws -> [Float] {
    let classes = try ClassCounts(counts)
    var memory = stage.objective.memory(for: classes)
    return stage.objective.terms(
      batches(of: stage, streams), through: LinearPass(form: form), at: Moment(progress: 0.5),
      remembering: &memory
    ).terms.flatMap { $0.rows.values.scalars(as: Float.self) }
  }

  /// Runs all stages, a batch of at most 8 rows per epoch.
  func steps(_ count: Int) -> TinyRun {
    var run = self
    var drawn = [Double](repeating: 0, count: classes.count)
    for (number, stage) in method.stages(for: classes).enumerated() {
      var memory = stage.objective.memory(for: classes)
      let steps = max(1, Int((stage.fraction * Double(count)).rounded()))
      for step in 0..<steps {
        let place = key.folding(number).folding(step)
        let progress = Double(step) / Double(max(1, steps - 1))
        let moment = Moment(
          stage: number, step: step, progress: progress,
          elapsed: Double(step) / Double(steps), key: place)
        let terms = stage.objective.terms(
          batches(stage, place, progress),
          through: LinearPass(form: method.network, classes: classes.count),
          at: moment,
          remembering: &memory)
        for term in terms.terms {
          let values = term.rows.values.scalars(as: Float.self)
          if term.name.hasPrefix("diversity") {
            run.rewards += values
          } else {
            run.losses += values
          }
        }
        for (c, mass) in terms.batch.target.massPerClass(classes.count).enumerated() {
          drawn[c] += mass
        }
      }
    }
    let total = drawn.reduce(0, +)
    run.mass = drawn.map { $0 / total }
    return run
  }

  private func batches(_ stage: Stage, _ place: RandomKey, _ progress: Double) -> [Batch] {
    let streams = stage.streams.enumerated().map { number, stream in
      var source = place.folding("sampler").folding(number).source
      let drawn = Array(
        stream.sampler.indices(for: labels, classes: classes, progress: progress, using: &source)
          .prefix(8))
      let own = drawn.map { labels[$0] }
      return Batch(
        inputs: Pictures.inputs(
          Self.logits(own, classes: classes.count, scale: scale), for: method.network),
        target: Target(own),
        examples: drawn)
    }
    return Self.batches(of: stage, streams)
  }

  /// A batch for each view of each stream, then for each view of unlabelled rows, here those of the first stream.
  static func batches(of stage: Stage, _ streams: [Batch]) -> [Batch] {
    let labelled = zip(stage.streams, streams).flatMap { stream, batch in
      stream.views.map { _ in Pictures.pasteable(batch, for: stage) }
    }
    let unlabelled = (stage.unlabelled?.views ?? []).map { _ in
      Batch(inputs: streams[0].inputs, target: Target(unknown: streams[0].count))
    }
    return labelled + unlabelled
  }
}
