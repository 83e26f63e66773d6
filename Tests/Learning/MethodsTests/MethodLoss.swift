import Batches
import Losses
import Methods
import Networks
import Plans
import Sampling
import TestSupport
import Torch

/// The losses of one step of a method late in a stage, on rows whose logits say the right class or the next one.
struct MethodLoss {
  /// Whose stages count.
  enum Place { case first, last }

  /// Of every term one after the other, a value a row.
  let values: [Double]

  /// Classes of 5, 3 and 2 rows in a batch, of 90, 9 and 1 in the training set.
  static let labels = [0, 0, 0, 0, 0, 1, 1, 1, 2, 2]

  init(_ method: any Method, stage place: Place = .first, isRight: Bool = true) throws {
    let classes = try ClassCounts([90, 9, 1])
    let stages = method.stages(for: classes)
    let stage = place == .first ? stages[0] : stages[stages.count - 1]
    let said = Self.labels.map { isRight ? $0 : ($0 + 1) % 3 }
    let batch = Batch(
      inputs: Pictures.inputs(TinyRun.logits(said), for: method.network),
      target: Target(Self.labels), examples: Array(Self.labels.indices))
    var memory = stage.objective.memory(for: classes)
    values = stage.objective.terms(
      TinyRun.batches(of: stage, stage.streams.map { _ in batch }),
      through: LinearPass(form: method.network), at: Moment(progress: 0.5, elapsed: 0.9),
      remembering: &memory
    ).terms.flatMap { $0.rows.values.scalars(as: Double.self) }
  }

  /// What the rows of a class come to, over all terms; of all classes where it is `nil`.
  func sum(ofClass label: Int?) -> Double {
    values.enumerated().filter {
      label == nil || Self.labels[$0.offset % Self.labels.count] == label
    }
    .reduce(0) { $0 + $1.element }
  }
}
