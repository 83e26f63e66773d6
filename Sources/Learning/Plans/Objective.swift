public import Batches
public import Losses
import Mixing
public import Sampling

/// What one training step minimises.
///
/// Pure: whatever is remembered between steps is a ``Memory``, which the session keeps, saves and hands
/// back.
public protocol Objective: Sendable {
  /// How many streams it joins; at least 1.
  var streams: Int { get }

  /// Expected weight of each stream in the labels over a stage, `[streams]`; sums to 1.
  var expectedWeights: [Double] { get }

  /// Expected weight of each stream in the labels at a time; that of the whole stage for most.
  ///
  /// - Parameter progress: part of the stage that is over, in `0...1`.
  /// - Returns: `[streams]`; sums to 1.
  func expectedWeights(at progress: Double) -> [Double]

  /// What part of the label mass is expected to fall on each class at a time; where weights do not depend on classes,
  /// Σ_s E[weight_s] · P_s(c).
  ///
  /// - Parameters:
  ///   - distributions: P_s(c), what a row of each stream is likely to be, `[streams][C]`.
  ///   - progress: part of the stage that is over, in `0...1`.
  /// - Returns: `[C]`; sums to 1.
  func expectedLabelMass(of distributions: [[Double]], at progress: Double) -> [Double]

  /// Parts of the stage, in order, above 0 and below 1, at which expected weights jump; none for most.
  var turns: [Double] { get }

  /// What is remembered before the first step; empty for most.
  ///
  /// - Parameter classes: counts of the training set.
  func memory(for classes: ClassCounts) -> Memory

  /// Whether the heads learn; `false` of a representation that a later stage puts heads on. Such a stage is not
  /// validated and goes on with its last epoch.
  var learnsLogits: Bool { get }

  /// Whether it does something to inputs that only pixels allow; `false` for most.
  var needsPixels: Bool { get }

  /// Whether it pastes parts of images, which takes inputs `[N, C, H, W]`; `false` for most.
  var pastes: Bool { get }

  /// Whether it changes hidden features, which takes a network that has places for it; `false` for most.
  var changesHiddenFeatures: Bool { get }

  /// Whether it knows linear heads alone; `false` for most.
  var needsLinearHeads: Bool { get }

  /// What of it needs a class for each row, by name; empty where it learns from several labels or numbers a row as well.
  var partsThatNeedClasses: [String] { get }

  /// What it does about the sizes of classes, whoever is drawn; `nil` where that is not a matter of weights and offsets.
  ///
  /// - Parameter moment: when.
  func emphasis(at moment: Moment) -> ClassEmphasis?

  /// The same with weights of classes on top of those that it has; `nil` where rows cannot be weighted by their class.
  ///
  /// - Parameters:
  ///   - weights: how much a row of each class counts, `[C]`, above 0.
  ///   - start: part of the stage after which they hold, in `0...1`; all rows count alike before.
  func weighted(by weights: [Double], from start: Double) -> (any Objective)?

  /// Whether something that is remembered is made anew from the whole training set before this step.
  ///
  /// - Parameter moment: when; asked at the first step of each epoch.
  func refreshes(at moment: Moment) -> Bool

  /// What is remembered, with what is made from the whole training set made anew.
  ///
  /// - Parameters:
  ///   - memory: what was remembered.
  ///   - model: what may be done with the network.
  ///   - tools: gives the features of the training set.
  ///   - moment: when it happens; all draws come from its keys.
  /// - Throws: whatever reading an image throws.
  func refreshed(
    _ memory: Memory, through model: any Pass, with tools: any EditTools, at moment: Moment
  ) throws -> Memory

  /// One step: batches through the network, to named losses.
  ///
  /// - Parameters:
  ///   - batches: one batch of each view of each stream, inputs `[N, 3, H, W]`; then one of each view of the
  ///     unlabelled rows, where the stage has them.
  ///   - model: what may be done with the network.
  ///   - moment: when the step happens; all draws come from its keys.
  ///   - memory: what was remembered; updated.
  /// - Returns: losses, one value per row, `[N]`, and the labelled batch that they are of, whose rows come first where
  ///   others go through the network with them.
  /// - Precondition: as many batches as the stage has views.
  func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms
}

extension Objective {
  /// The same at all times, `[S]` of S streams.
  public func expectedWeights(at progress: Double) -> [Double] { expectedWeights }

  /// Σ_s E[weight_s] · P_s(c), `[C]`.
  public func expectedLabelMass(
    of distributions: [[Double]], at progress: Double
  ) -> [Double] {
    mass(distributions, by: expectedWeights(at: progress))
  }

  /// None.
  public var turns: [Double] { [] }

  /// It does not.
  public var pastes: Bool { false }

  /// It does not.
  public var changesHiddenFeatures: Bool { false }

  /// It does not.
  public var needsLinearHeads: Bool { false }

  /// All of it.
  public var partsThatNeedClasses: [String] { ["\(Self.self)"] }

  /// Nothing.
  public func memory(for classes: ClassCounts) -> Memory { Memory() }

  /// They do.
  public var learnsLogits: Bool { true }

  /// Where it pastes.
  public var needsPixels: Bool { pastes }

  /// Not known.
  public func emphasis(at moment: Moment) -> ClassEmphasis? { nil }

  /// They cannot, whatever the weights `[C]`.
  public func weighted(by weights: [Double], from start: Double) -> (any Objective)? { nil }

  /// The same with weights, `[C]`, that hold from the beginning.
  ///
  /// - Precondition: every weight is above 0 and finite.
  public func weighted(by weights: [Double]) -> (any Objective)? { weighted(by: weights, from: 0) }

  /// Never.
  public func refreshes(at moment: Moment) -> Bool { false }

  /// What was remembered.
  ///
  /// - Throws: nothing; an objective that remakes something throws what reading an image throws.
  public func refreshed(
    _ memory: Memory, through model: any Pass, with tools: any EditTools, at moment: Moment
  ) throws -> Memory { memory }
}
