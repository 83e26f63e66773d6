public import Batches
public import Losses
public import Mixing
import Networks
import Randomness
import Requirements
public import Sampling
import Torch

/// Rows mixed in pairs at a hidden layer of the network, drawn anew in each step: manifold mixup.
///
/// The pairs are drawn first, then the place, evenly among the inputs and the places that the network has
/// (``Pass/hiddenPlaces``). With `deepest` 0 only inputs are mixed.
///
/// Source: Verma, Lamb, Beckham, Najafi, Mitliagkas, Lopez-Paz, Bengio, "Manifold Mixup: Better Representations by
/// Interpolating Hidden States", ICML 2019, section 2.
public struct HiddenMixup: LossObjective {
  /// How wrong the network is about each row.
  public var loss: any Loss
  /// Who is mixed with whom, and how much.
  public var mixing: any PairMixing
  /// The deepest place that is drawn, at least 0; `nil` is the network's deepest.
  public var deepest: Int?

  /// - Parameters:
  ///   - loss: how wrong the network is about each row.
  ///   - mixing: who is mixed with whom, and how much.
  ///   - deepest: the deepest place that is drawn, at least 0; `nil` is the network's deepest.
  /// - Precondition: `deepest` is at least 0.
  public init(_ loss: any Loss = CrossEntropy(), mixing: any PairMixing, deepest: Int? = nil) {
    require(
      deepest ?? 0 >= 0, "HiddenMixup: expected a deepest place of at least 0, got \(deepest ?? 0)")
    (self.loss, self.mixing, self.deepest) = (loss, mixing, deepest)
  }

  /// One.
  public var streams: Int { 1 }

  /// All.
  public var expectedWeights: [Double] { [1] }

  /// The mixing's, `[C]`.
  public func expectedLabelMass(
    of distributions: [[Double]], at progress: Double
  ) -> [Double] { mixing.expectedLabelMass(of: distributions) }

  /// It does.
  public var changesHiddenFeatures: Bool { true }

  /// The loss's.
  public func memory(for classes: ClassCounts) -> Memory { loss.memory(for: classes) }

  /// It does.
  public var blends: Bool { true }

  /// One term, `loss`, `[N]`, of the batch with mixed labels, whose inputs are as they were.
  ///
  /// - Precondition: one batch; a network that has places for it, unless `deepest` is 0.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    require(batches.count == 1, "HiddenMixup: expected 1 batch, got \(batches.count)")
    require(
      model.hiddenPlaces > 0 || deepest == 0,
      "HiddenMixup: expected a network whose hidden features can be changed")
    var source = moment.key("mix").source
    let pairs = mixing.pairing(of: batches[0], using: &source)
    let place = source.below(1 + min(model.hiddenPlaces, deepest ?? .max))
    let batch = pairs.labelled(batches[0])
    let features = model.features(batch.inputs, changing: place, .learning) { pairs.blend($0) }
    let logits = model.answer(model.logits(of: features, .learning))
    loss.observe(batch.target, remembering: &memory)
    let rows = loss(logits, batch.target, LossState(at: moment, remembering: memory))
    return Terms([Terms.Term("loss", rows)], of: batch)
  }
}
