public import Batches
public import Losses
import Mixing
import Networks
import Randomness
import Requirements
public import Sampling
import Torch

/// MixUp whose partners are chosen by who is mistaken for whom: rows of a second stream of balanced classes, of a class that
/// is mistaken for the row's own where that is told well, and of one that the own class is mistaken for where it is not.
///
/// R, a running confusion matrix, says how much each class is wanted; where the wishes of a row come to less than `least`,
/// or no row of a wanted class is there, the row goes as it is. λ ~ Beta(α, α) of each row is mirrored so that the partner
/// weighs at least ½ in a row of a strong class (one whose R_gg is above the mean of the diagonal) and at most ½ in any other.
/// R follows what the network, asked in evaluation, decides of the second stream's rows.
///
/// Departs from the source, which cuts its partners out of a bank of boxes for detection: the balanced stream is the bank;
/// the decay rises as the cube of the steps over `warmup`, whose length the source does not say.
///
/// Source: Ashraf, Manna, Purkayastha, Tariq, Bashir, "Context Aware Grounded Teacher for Source Free Object Detection",
/// arXiv 2504.15404, the relational context module.
public struct ConfusionMixup: Objective {
  /// How wrong the network is about each row.
  public var loss: any Loss
  /// Both parameters of the Beta distribution, α; positive.
  public let alpha: Double
  /// What the wishes of a row must come to for it to be mixed, at least 0.
  public let least: Double
  /// Decay of R, in `0..<1`.
  public let decay: Double
  /// Steps over which the decay rises, at least 0.
  public let warmup: Int

  /// - Parameters:
  ///   - loss: how wrong the network is about each row.
  ///   - alpha: both parameters of the Beta distribution; positive.
  ///   - least: what the wishes of a row must come to for it to be mixed, at least 0.
  ///   - decay: decay of R, in `0..<1`.
  ///   - warmup: steps over which the decay rises, at least 0.
  /// - Precondition: all are in range.
  public init(
    _ loss: any Loss = CrossEntropy(), alpha: Double = 0.5, least: Double = 0.1,
    decay: Double = 0.99, warmup: Int = 100
  ) {
    require(
      alpha > 0 && alpha.isFinite && least >= 0 && (0..<1).contains(decay) && warmup >= 0,
      "ConfusionMixup: expected an alpha above 0, a least of at least 0, a decay in 0..<1 and a warm-up, got "
        + "\(alpha), \(least), \(decay), \(warmup)")
    (self.loss, self.alpha, self.least) = (loss, alpha, least)
    (self.decay, self.warmup) = (decay, warmup)
  }

  /// 2: the rows, and whom they may be mixed with.
  public var streams: Int { 2 }

  /// All on the rows, which holds while nothing is mistaken; what is mistaken later is not known before.
  public var expectedWeights: [Double] { [1, 0] }

  /// R and its steps, and what the loss remembers.
  public func memory(for classes: ClassCounts) -> Memory {
    var memory = loss.memory(for: classes)
    let confusion = ConfusionMemory(classes: classes.count, decay: decay, warmup: warmup)
    memory.set("relations", confusion.memory)
    return memory
  }

  /// One term, `loss`, of the mixed rows, `[N]`.
  ///
  /// - Precondition: two batches of equal shape, one class a row.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    require(
      batches.count == 2 && batches.allSatisfy { $0.target.terms.count == 1 },
      "ConfusionMixup: expected 2 batches of one class a row, got \(batches.count)")
    var confusion = ConfusionMemory(memory.part("relations"), decay: decay, warmup: warmup)
    var source = moment.key("mix").source
    let batch = mixed(batches, confusion, using: &source)
    let decided = withoutGradients {
      model.scores(
        of: model(batches[1].inputs, .evaluating).logits, pixels: batches[1].inputs.values
      )
      .argmax(dim: 1).scalars(as: Int64.self).map(Int.init)
    }
    confusion.observe(labels(batches[1]), decided)
    memory.set("relations", confusion.memory.moved(to: batch.inputs.values.device))
    let logits = model(batch.inputs).logits
    loss.observe(batch.target, remembering: &memory)
    return Terms(
      [
        Terms.Term(
          "loss", loss(logits, batch.target, LossState(at: moment, remembering: memory)))
      ], of: batch)
  }

  /// The rows with their partners; of each row a draw of λ, and one of the partner where there is a choice.
  private func mixed(
    _ batches: [Batch], _ confusion: ConfusionMemory, using source: inout RandomSource
  ) -> Batch {
    let (own, others) = (labels(batches[0]), labels(batches[1]))
    let beta = BetaDistribution(alpha, alpha)
    var (partner, weights) = (Array(own.indices), [Double](repeating: 1, count: own.count))
    for (row, label) in own.enumerated() {
      let λ = beta.sample(using: &source)
      guard let label else { continue }
      let wanted = confusion.partners(of: label)
      // A class's wish is shared by its rows, so that a class is not wanted more for being met more often.
      let shares = others.map { other -> Double in
        guard let other, wanted[other] > 0 else { return 0 }
        return wanted[other] / Double(others.count { $0 == other })
      }
      let total = shares.reduce(0, +)
      guard wanted.reduce(0, +) >= least, total > 0 else { continue }
      var point = source.uniform() * total
      partner[row] =
        shares.firstIndex { share in
          point -= share
          return point < 0
        } ?? shares.lastIndex { $0 > 0 } ?? row
      weights[row] = confusion.isStrong(label) ? min(λ, 1 - λ) : max(λ, 1 - λ)
    }
    let other = Batch(
      inputs: batches[1].inputs.reordered(partner), target: batches[1].target.reordered(partner))
    var mixed = batches[0]
    mixed.inputs = batches[0].inputs.blended(with: other.inputs, own: weights)
    mixed.target = batches[0].target.mixed(with: other.target, own: weights)
    mixed.examples =
      batches[0].examples
      + partner.compactMap { row in
        batches[1].examples.indices.contains(row) ? batches[1].examples[row] : nil
      }
    mixed.lambda = weights.isEmpty ? nil : weights.reduce(0, +) / Double(weights.count)
    return mixed
  }

  /// The class of each row, `nil` where it is unknown.
  private func labels(_ batch: Batch) -> [Int?] {
    zip(batch.target.terms[0].labels, batch.target.terms[0].weight).map { $1 > 0 ? $0 : nil }
  }
}
