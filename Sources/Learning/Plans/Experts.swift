public import Batches
public import Losses
public import Mixing
import Networks
import Randomness
import Requirements
public import Sampling

/// A loss for each head of a network of several, on one batch; the losses add up.
///
///     Experts([("softmax", CrossEntropy()), ("balanced", AdjustedCrossEntropy.balancedSoftmax(classes))])
public struct Experts: Objective {
  /// One loss a head, in the order of the heads, and what the log calls it.
  public var losses: [(name: String, loss: any Loss)]
  /// How the streams become one batch.
  public var mixing: any Mixing

  /// - Parameters:
  ///   - losses: one a head, each of its own name.
  ///   - mixing: how the streams become one batch.
  /// - Precondition: at least one loss.
  public init(_ losses: [(name: String, loss: any Loss)], mixing: any Mixing = Unmixed()) {
    require(!losses.isEmpty, "Experts: expected at least one loss, got none")
    (self.losses, self.mixing) = (losses, mixing)
  }

  /// Where the mixing does.
  public var pastes: Bool { mixing.needsPixels }

  /// As many as the mixing joins.
  public var streams: Int { mixing.streams }

  /// The mixing's.
  public var expectedWeights: [Double] { mixing.expectedWeights }

  /// The mixing's.
  public func expectedLabelMass(
    of distributions: [[Double]], at progress: Double
  ) -> [Double] { mixing.expectedLabelMass(of: distributions) }

  /// What each loss remembers, under its name.
  public func memory(for classes: ClassCounts) -> Memory {
    var all = Memory()
    for (name, loss) in losses { all.set(name, loss.memory(for: classes)) }
    return all
  }

  /// One term a head, of the mixed batch.
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
    let areOwn = outputs.features.count == heads.count
    let terms = zip(losses, heads).enumerated().map { number, pair in
      let (named, logits) = pair
      var own = memory.part(named.name)
      named.loss.observe(batch.target, remembering: &own)
      memory.set(named.name, own)
      return Terms.Term(
        named.name,
        named.loss(
          logits, batch.target,
          LossState(
            at: moment, remembering: own,
            features: areOwn ? [outputs.features[number]] : outputs.features)))
    }
    return Terms(terms, of: batch)
  }
}
