public import Batches
public import Losses
import Requirements
public import Sampling

/// A supervised objective with a term of unlabelled rows beside it: labelled batches first, then two views of the
/// unlabelled rows.
public protocol SemiSupervised: Objective {
  /// ℓ_s, of the labelled rows.
  var supervised: Supervised { get set }
  /// How the unlabelled rows are augmented, a batch each.
  static var views: [View] { get }
}

extension SemiSupervised {
  /// As many as the mixing joins.
  public var streams: Int { supervised.streams }

  /// The mixing's.
  public var expectedWeights: [Double] { supervised.expectedWeights }

  /// The loss's.
  public func memory(for classes: ClassCounts) -> Memory { supervised.memory(for: classes) }

  /// What is done about the labelled rows; the others follow what the network makes of those.
  public func emphasis(at moment: Moment) -> ClassEmphasis? { supervised.emphasis(at: moment) }

  /// The same with the labelled rows weighted by `[C]`; of the others no class is known.
  public func weighted(by weights: [Double], from start: Double) -> (any Objective)? {
    guard let weighted = supervised.weighted(by: weights, from: start) as? Supervised else {
      return nil
    }
    var copy = self
    copy.supervised = weighted
    return copy
  }

  /// The one labelled batch, and the unlabelled ones.
  ///
  /// - Precondition: a batch of each stream, then one of each view.
  func parts(_ batches: [Batch], at moment: Moment) -> (labelled: Batch, unlabelled: [Batch]) {
    require(
      batches.count == streams + Self.views.count,
      "\(Self.self): expected \(streams + Self.views.count) batches, got \(batches.count)")
    return (
      supervised.mixed(Array(batches.prefix(streams)), at: moment),
      Array(batches.suffix(Self.views.count))
    )
  }
}
