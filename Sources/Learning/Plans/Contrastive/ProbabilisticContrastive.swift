public import Batches
public import Losses
import Networks
public import Sampling
import Torch

/// A classifier, and beside it a contrast with what each class looks like on the whole: ℓ(z, y) of the first view, and α
/// times the mean over both views of ℓ(s, y), where s are the scores of ``ClassDirections``.
///
/// With a balanced softmax for ℓ the second term is the supervised contrast of a row with infinitely many rows, in the
/// classes' proportions. Each view is added to the estimates before it is scored, as in the authors' code.
///
/// Source: Du, Wang, Song, Huang, "Probabilistic Contrastive Learning for Long-Tailed Visual Recognition", TPAMI 2024.
public struct ProbabilisticContrastive: Objective {
  /// ℓ, how wrong classifier and scores are about each row.
  public var loss: AdjustedCrossEntropy
  /// How the classes lie.
  public var directions: ClassDirections
  /// τ, above 0.
  public var temperature: Double
  /// α, at least 0.
  public var weight: Double

  /// - Parameters:
  ///   - loss: ℓ, how wrong classifier and scores are about each row.
  ///   - directions: how the classes lie.
  ///   - temperature: τ, above 0.
  ///   - weight: α, at least 0.
  public init(
    _ loss: AdjustedCrossEntropy, directions: ClassDirections, temperature: Double = 0.1,
    weight: Double = 1
  ) {
    (self.loss, self.directions) = (loss, directions)
    (self.temperature, self.weight) = (temperature, weight)
  }

  /// One, of two views.
  public var streams: Int { 1 }
  /// All.
  public var expectedWeights: [Double] { [1] }

  /// The loss's weights and offsets.
  public func emphasis(at moment: Moment) -> ClassEmphasis? {
    ClassEmphasis(weights: loss.classWeights(at: moment), offsets: loss.logitOffsets)
  }

  /// Those of the directions.
  public func memory(for classes: ClassCounts) -> Memory { directions.memory(for: classes) }

  /// `loss` of the first view and `contrast` of both, `[N]` each; the batch that it reports is the
  /// first view.
  ///
  /// - Precondition: two views of the same rows with hard labels; a network with a projection of as
  ///   many numbers as the directions have.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    let labels = Contrastive.labels(batches)
    let (views, target) = (JointViews(batches, model), batches[0].target)
    let rows = loss(views.logits, target, LossState(at: moment))
    if moment.step == 0 { memory = directions.epochBegun(memory) }
    let scored = (0..<2).map { view in
      let unit = views.projections
        .narrowed(dim: 0, start: view * labels.count, length: labels.count).unitRows()
      memory = directions.extended(memory, by: unit, labels)
      let scores = directions.scores(unit, temperature: temperature, memory)
      return loss(scores, target, LossState(at: moment)).values * (weight / 2)
    }
    let contrast = (scored[0] + scored[1]).to(rows.values.dtype)
    return Terms(
      [Terms.Term("loss", rows), Terms.Term("contrast", RowValues(contrast))], of: batches[0])
  }
}
