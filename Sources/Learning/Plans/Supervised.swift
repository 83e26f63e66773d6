public import Batches
public import Losses
public import Mixing
import Networks
import Randomness
import Requirements
public import Sampling
import Torch

/// The usual objective: mix, run, compare.
///
///     Supervised(CrossEntropy(), mixing: BalancedMixup(alpha: 0.2))
public struct Supervised: LossObjective {
  /// What is asked of a batch beside the loss of its rows.
  public struct Addition: Sendable {
    /// What the log calls it.
    public var name: String
    /// How much it counts, at least 0.
    public var weight: Double
    /// What it is.
    public var term: any BatchTerm

    /// - Parameters:
    ///   - name: what the log calls it; not `loss`.
    ///   - weight: how much it counts, at least 0.
    ///   - term: what it is.
    public init(_ name: String, weight: Double, _ term: any BatchTerm) {
      (self.name, self.weight, self.term) = (name, weight, term)
    }
  }

  /// How wrong the network is about each row.
  public var loss: any Loss
  /// How the streams become one batch.
  public var mixing: any Mixing
  /// Part of the stage in which it mixes, in `0...1`; before and after it the first stream goes as it is.
  public let window: ClosedRange<Double>
  /// What is asked of a batch beside that.
  public var additions: [Addition]

  /// - Parameters:
  ///   - loss: how wrong the network is about each row.
  ///   - mixing: how the streams become one batch.
  ///   - window: part of the stage in which it mixes, in `0...1`.
  ///   - additions: what is asked of a batch beside that.
  /// - Precondition: `window` lies in `0...1`.
  public init(
    _ loss: any Loss = CrossEntropy(), mixing: any Mixing = Unmixed(),
    window: ClosedRange<Double> = 0...1, additions: [Addition] = []
  ) {
    require(
      window.lowerBound >= 0 && window.upperBound <= 1,
      "Supervised: expected a window in 0...1, got \(window)")
    (self.loss, self.mixing) = (loss, mixing)
    (self.window, self.additions) = (window, additions)
  }

  /// As many as the mixing joins.
  public var streams: Int { mixing.streams }

  /// The mixing's in its window, `[S]` of S streams, all on the first stream outside.
  public var expectedWeights: [Double] {
    let share = window.upperBound - window.lowerBound
    return mixing.expectedWeights.enumerated().map { stream, weight in
      share * weight + (stream == 0 ? 1 - share : 0)
    }
  }

  /// The mixing's in its window, `[S]` of S streams, all on the first stream outside.
  public func expectedWeights(at progress: Double) -> [Double] {
    window.contains(progress)
      ? mixing.expectedWeights : (0..<streams).map { $0 == 0 ? 1 : 0 }
  }

  /// The mixing's in its window, `[C]`, that of the first stream outside.
  public func expectedLabelMass(
    of distributions: [[Double]], at progress: Double
  ) -> [Double] {
    window.contains(progress)
      ? mixing.expectedLabelMass(of: distributions) : distributions[0]
  }

  /// The ends of the window.
  public var turns: [Double] {
    Set([window.lowerBound, window.upperBound]).filter { 0 < $0 && $0 < 1 }.sorted()
  }

  /// Where the mixing does.
  public var pastes: Bool { mixing.needsPixels }

  /// The loss and the mixing, where they do.
  public var partsThatNeedClasses: [String] {
    (loss.takesEntries ? [] : ["\(type(of: loss))"])
      + (mixing.needsClasses ? ["\(type(of: mixing))"] : [])
  }

  /// The loss's.
  public func memory(for classes: ClassCounts) -> Memory { loss.memory(for: classes) }

  /// Where the mixing does.
  public var blends: Bool { mixing.blends }

  /// `loss` of the mixed batch, `[N]`, and each addition.
  ///
  /// - Precondition: as many batches as `streams`, of equal shape.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    let batch = mixed(batches, at: moment)
    let outputs = model(batch.inputs)
    loss.observe(batch.target, remembering: &memory)
    let state = LossState(at: moment, remembering: memory, features: outputs.features)
    let terms = additions.map { addition in
      var rows = addition.term(outputs.logits, batch.target, state)
      rows.values = rows.values * addition.weight
      return Terms.Term(addition.name, rows, isOfBatch: false)
    }
    let rows = loss(outputs.logits, batch.target, state)
    return Terms([Terms.Term("loss", rows)] + terms, of: batch)
  }

  /// The one batch of the streams.
  func mixed(_ batches: [Batch], at moment: Moment) -> Batch {
    guard window.contains(moment.progress) else { return batches[0] }
    var source = moment.key("mix").source
    return mixing(batches, using: &source)
  }

  /// The loss of its logits.
  func values(
    _ logits: Tensor, _ target: Target, at moment: Moment, _ memory: inout Memory
  ) -> RowValues {
    loss.observe(target, remembering: &memory)
    return loss(logits, target, LossState(at: moment, remembering: memory))
  }
}
