public import Batches
public import Losses
import Networks
import Requirements
public import Sampling
import Torch

/// Contrast with equally many partners for every class, and a target for each class on the sphere, as far from each
/// other as they can be, so that rare classes are not pushed together.
///
/// ```text
/// ℓ_i = −1/(|P_i| + 1) ( Σ_{p ∈ P_i} log softmax(s_i)_p + w log softmax(s_i)_t(i) )
/// ```
///
/// P_i are the row's other view and `positives` rows of its class in the queue; s_i are its similarities, over τ, to its
/// other view, to the queue and to all targets; t(i) is the target of its class. Targets are given out anew in each step
/// so that the sum of the cosines between centres of classes and their targets is largest. The centre of a class moves by
/// a tenth towards the batch's mean direction.
///
/// Source: Li, Cao, Yuan, Fan, Yang, Feris, Indyk, Katabi, "Targeted Supervised Contrastive Learning for Long-Tailed
/// Recognition", CVPR 2022, and the authors' code.
public struct TargetedContrastive: Objective {
  /// τ, above 0.
  public var temperature: Double
  /// Rows of earlier steps.
  public var queue: ContrastQueue
  /// k, rows of the queue that are partners of a row, at least 1.
  public var positives: Int
  /// w, at least 0.
  public var weight: Double

  /// What of a centre stays in a step.
  private static let decay = 0.9

  /// - Parameters:
  ///   - temperature: τ, above 0.
  ///   - queue: rows of earlier steps; needs a stage with a teacher.
  ///   - positives: k, rows of the queue that are partners of a row, at least 1.
  ///   - weight: w, at least 0.
  /// - Precondition: `temperature` is above 0, `positives` at least 1, `weight` at least 0.
  public init(temperature: Double, queue: ContrastQueue, positives: Int, weight: Double) {
    require(
      temperature > 0 && positives >= 1 && weight >= 0,
      "TargetedContrastive: expected a temperature above 0, a positive and a weight of at least 0, "
        + "got \(temperature), \(positives) and \(weight)")
    (self.temperature, self.queue) = (temperature, queue)
    (self.positives, self.weight) = (positives, weight)
  }

  /// One, of two views.
  public var streams: Int { 1 }
  /// All.
  public var expectedWeights: [Double] { [1] }
  /// They do not.
  public var learnsLogits: Bool { false }

  /// The queue, and `centres` and `targets`, `[C, D]`; centres are 0 before a class was seen.
  public func memory(for classes: ClassCounts) -> Memory {
    var memory = queue.memory
    memory["centres"] = .zeros([classes.count, queue.dimensions])
    memory["targets"] = UniformTargets.directions(classes.count, dimensions: queue.dimensions)
    return memory
  }

  /// One term, `contrast`, `[N]`; the batch that it reports is the first view.
  ///
  /// - Precondition: two views of the same rows with hard labels; a network with a projection; a
  ///   teacher.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    let labels = Contrastive.labels(batches)
    let own = Contrastive.projection(batches[0], model)
    var pairs = queue.pairs(
      own, batches[1], labels, through: model, at: moment, positives: positives,
      remembering: &memory)
    memory["centres"] = Self.moved(memory["centres"], by: own, labels)
    let places = Self.places(memory["centres"], memory["targets"])
    let classes = memory["targets"].shape[0]
    let partners = Tensor(labels.map { Int64(places[$0]) }, shape: [labels.count])
      .moved(to: own.device).oneHot(classes: classes).to(.float32)
    let count = pairs.partners.sum(dims: [1]) + 1
    pairs.put(
      first: memory["targets"], partners: partners * weight,
      compared: Tensor.ones([labels.count, classes], device: own.device))
    // The contrast divides by the sum of the weights, the paper by the number of partners.
    let share = pairs.partners.sum(dims: [1]) / count
    let values = pairs.values(Tensor(temperature))
    return Terms(
      [Terms.Term("contrast", RowValues(values * share.to(values.dtype)))], of: batches[0])
  }

  /// The centres after a batch, unit rows; those of classes that it does not have stay.
  static func moved(_ centres: Tensor, by rows: Tensor, _ labels: [Int]) -> Tensor {
    withoutGradients {
      let members = Tensor(labels.map(Int64.init), shape: [labels.count]).moved(to: rows.device)
        .oneHot(classes: centres.shape[0]).to(.float32).transposed(0, 1)
      let means = members.matmul(rows.detached().unitRows().to(.float32)).unitRows()
      let next = (centres * decay + means * (1 - decay)).unitRows()
      return .where(members.sum(dims: [1], keepDims: true).greater(than: 0), next, centres)
    }
  }

  /// The target of each class, `[C]`.
  static func places(_ centres: Tensor, _ targets: Tensor) -> [Int] {
    let scores = withoutGradients { centres.matmul(targets.transposed(0, 1)) }
    return Assignment.best(scores.scalars(as: Double.self), count: centres.shape[0])
  }
}
