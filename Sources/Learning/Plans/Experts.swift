public import Batches
public import Losses
public import Mixing
import Networks
import Randomness
import Requirements
public import Sampling
import Torch

/// A loss for each head of a network of several, on one batch; the losses add up. On request experts are rewarded for
/// answering unlike each other, and learn only of the rows that engage them.
///
///     Experts([("softmax", CrossEntropy()), ("balanced", AdjustedCrossEntropy.balancedSoftmax(classes))])
public struct Experts: Objective {
  /// One loss a head, in the order of the heads, and what the log calls it.
  public var losses: [(name: String, loss: any Loss)]
  /// How the streams become one batch.
  public var mixing: any Mixing
  /// What experts gain by answering unlike their joint answer; `nil` is nothing.
  public var diversity: ExpertDiversity?
  /// τ of the rows that an expert learns of, those whose w_e / max w_e over the batch is above it, in `0..<1`
  /// (``Evidence``); `nil` is all rows.
  public var engagement: Double?

  /// - Parameters:
  ///   - losses: one a head, each of its own name.
  ///   - mixing: how the streams become one batch.
  ///   - diversity: what experts gain by answering unlike their joint answer.
  ///   - engagement: τ of the rows that an expert learns of, in `0..<1`; `nil` is all rows.
  /// - Precondition: at least one loss; τ is in range.
  public init(
    _ losses: [(name: String, loss: any Loss)], mixing: any Mixing = Unmixed(),
    diversity: ExpertDiversity? = nil, engagement: Double? = nil
  ) {
    require(
      !losses.isEmpty && (engagement.map((0..<1).contains) ?? true),
      "Experts: expected at least one loss and an engagement in 0..<1, got \(losses.map(\.name)) "
        + "and \(engagement ?? 0)")
    (self.losses, self.mixing) = (losses, mixing)
    (self.diversity, self.engagement) = (diversity, engagement)
  }

  /// Where the mixing does.
  public var pastes: Bool { mixing.needsPixels }

  /// As many as the mixing joins.
  public var streams: Int { mixing.streams }

  /// The mixing's.
  public var expectedWeights: [Double] { mixing.expectedWeights }

  /// The mixing's, `[C]`.
  public func expectedLabelMass(
    of distributions: [[Double]], at progress: Double
  ) -> [Double] { mixing.expectedLabelMass(of: distributions) }

  /// What each loss remembers, under its name.
  public func memory(for classes: ClassCounts) -> Memory {
    var all = Memory()
    for (name, loss) in losses { all.set(name, loss.memory(for: classes)) }
    return all
  }

  /// What every loss does, where all do the same; `nil` where they differ, as experts made for several shares do.
  public func emphasis(at moment: Moment) -> ClassEmphasis? {
    let all = losses.map { _, loss in
      loss.takesClassWeights
        ? ClassEmphasis(
          weights: loss.classWeights(at: moment), offsets: loss.logitOffsets, blends: mixing.blends)
        : nil
    }
    return all.dropFirst().allSatisfy { $0 == all[0] } ? all[0] : nil
  }

  /// The same with every loss weighted by `[C]`; `nil` where one takes no weights of classes.
  public func weighted(by weights: [Double], from start: Double) -> (any Objective)? {
    guard losses.allSatisfy(\.loss.takesClassWeights) else { return nil }
    var copy = self
    copy.losses = losses.map { name, loss -> (name: String, loss: any Loss) in
      (name, WeightedLoss(loss, weights: weights, start: start))
    }
    return copy
  }

  /// One term `[N]` a head, of the mixed batch, and one more a head where diversity is rewarded,
  /// which is at most 0.
  ///
  /// - Precondition: as many batches as `streams`, of equal shape; as many heads as losses.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    var source = moment.key("mix").source
    let batch = mixing(batches, using: &source)
    let outputs = model(batch.inputs)
    let heads = outputs.heads
    require(
      heads.count == losses.count,
      "Experts: expected \(losses.count) heads, one a loss, got \(heads.count)")
    let engaged = engagement.map { Engaged(heads, above: $0) }
    let areOwn = outputs.features.count == heads.count
    var (terms, rewards) = ([Terms.Term](), [Terms.Term]())
    for (number, (named, logits)) in zip(losses, heads).enumerated() {
      var own = memory.part(named.name)
      named.loss.observe(batch.target, remembering: &own)
      memory.set(named.name, own)
      let state = LossState(
        at: moment, remembering: own,
        features: areOwn ? [outputs.features[number]] : outputs.features)
      let rows = named.loss(logits, batch.target, state)
      let weights = named.loss.classWeights(at: moment)
      terms.append(
        .init(named.name, engaged?.only(rows, batch.target, weights, number) ?? rows))
      guard let diversity else { continue }
      let reward = RowValues(
        diversity.values(logits, against: outputs.logits, elapsed: moment.elapsed))
      rewards.append(
        .init("diversity-\(number + 1)", engaged?.only(reward, nil, nil, number) ?? reward))
    }
    return Terms(terms + rewards, of: batch)
  }
}

/// Which rows engage which expert.
private struct Engaged {
  /// 1 and 0 of each expert, `[N]`.
  private let masks: [Tensor]

  init(_ heads: [Tensor], above threshold: Double) {
    masks = withoutGradients {
      Evidence(of: heads.map { $0.detached() }).weights.map { w in
        // Where every w is 0 none is above any share of it.
        w.greater(than: w.amax() * threshold).to(.float32)
      }
    }
  }

  /// The rows that engage an expert, in values and denominator; the others are 0.
  func only(_ rows: RowValues, _ target: Target?, _ weights: [Double]?, _ expert: Int) -> RowValues
  {
    let mask = masks[expert]
    let kept = mask.scalars(as: Float.self)
    var counts = [Float](repeating: 1, count: kept.count)
    if let target {
      let weighted = weights.map { target.weighted(by: $0) }
      for row in counts.indices {
        counts[row] =
          weighted.map { $0.terms.reduce(0) { $0 + $1.weight[row] } }
          ?? (target.known[row] ? 1 : 0)
      }
    }
    return RowValues(
      rows.values * mask.to(rows.values.dtype),
      denominator: zip(kept, counts).reduce(0) { $0 + Double($1.0 * $1.1) })
  }
}
