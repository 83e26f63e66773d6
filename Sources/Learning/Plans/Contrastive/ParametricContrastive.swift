public import Batches
public import Losses
import Networks
import Requirements
public import Sampling
import Torch

/// A classifier and a contrast under one softmax: the logits of the classes, with their log-priors, stand beside the
/// similarities to the batch, to its other view and to a queue.
///
/// ```text
/// ℓ_i = −Σ_a π_ia log softmax([z_i + ln π ; q_i · k / τ])_a / Σ_a π_ia
/// π = 1 for the logit of the row's class, α for each compared row of its class, else 0
/// ```
///
/// The rows of the classifier are centres of the classes that are learnt; the more rows a class has in the queue, the less
/// its centre counts, so that the centres of rare classes count most. α = 0 leaves cross-entropy with more classes to be
/// told apart.
///
/// Source: Cui, Zhong, Liu, Yu, Jia, "Parametric Contrastive Learning", ICCV 2021, and the authors' code.
public struct ParametricContrastive: Objective {
  /// What is added to the logit of each class, `[C]`; log-priors.
  public var offsets: [Double]
  /// Rows of earlier steps.
  public var queue: ContrastQueue
  /// τ, above 0.
  public var temperature: Double
  /// α, at least 0.
  public var weight: Double

  /// - Parameters:
  ///   - offsets: what is added to the logit of each class, `[C]`; log-priors.
  ///   - queue: rows of earlier steps; needs a stage with a teacher.
  ///   - temperature: τ, above 0.
  ///   - weight: α, at least 0.
  /// - Precondition: `temperature` is above 0, `weight` at least 0.
  public init(offsets: [Double], queue: ContrastQueue, temperature: Double, weight: Double) {
    require(
      temperature > 0 && weight >= 0,
      "ParametricContrastive: expected a temperature above 0 and a weight of at least 0, got "
        + "\(temperature) and \(weight)")
    (self.offsets, self.queue) = (offsets, queue)
    (self.temperature, self.weight) = (temperature, weight)
  }

  /// One, of two views.
  public var streams: Int { 1 }
  /// All.
  public var expectedWeights: [Double] { [1] }

  /// Its offsets.
  public func emphasis(at moment: Moment) -> ClassEmphasis? { ClassEmphasis(offsets: offsets) }

  /// The queue's.
  public func memory(for classes: ClassCounts) -> Memory { queue.memory }

  /// One term, `loss`, `[N]`; the batch that it reports is the first view.
  ///
  /// - Precondition: two views of the same rows with hard labels; a network with a projection; a
  ///   teacher.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    let labels = Contrastive.labels(batches)
    let features = model.features(batches[0].inputs, branches: nil, .learning)
    let own = model.projection(of: features, .learning)
    let logits = model.answer(model.logits(of: features, .learning))
    var pairs = queue.pairs(
      own, batches[1], labels, through: model, at: moment, remembering: &memory)
    let classes = Tensor(labels.map(Int64.init), shape: [labels.count]).moved(to: own.device)
    let others = 1 - PairMask.diagonal(labels.count, on: own.device)
    pairs.put(
      first: own, partners: PairMask.equal(classes, classes) * others, compared: others)
    pairs.partners = pairs.partners * weight
    let wide = logits.dtype == .float64 ? logits : logits.to(.float32)
    let priors = Tensor(offsets, shape: [1, offsets.count]).to(wide.dtype).moved(to: wide.device)
    let values = pairs.beside(
      wide + priors, partners: classes.oneHot(classes: offsets.count).to(wide.dtype)
    ).values(Tensor(temperature))
    return Terms([Terms.Term("loss", RowValues(values))], of: batches[0])
  }
}

extension Contrast {
  /// Puts more columns before the others.
  mutating func put(first rows: Tensor, partners: Tensor, compared: Tensor) {
    func joined(_ new: Tensor, _ old: Tensor, dim: Int) -> Tensor {
      .concatenated([new.to(old.dtype), old], dim: dim)
    }
    let others = self.others.dtype == rows.dtype ? self.others : self.others.to(rows.dtype)
    self = Contrast(
      self.rows, joined(rows, others, dim: 0),
      partners: joined(partners, self.partners, dim: 1),
      compared: joined(compared, self.compared, dim: 1))
  }
}
