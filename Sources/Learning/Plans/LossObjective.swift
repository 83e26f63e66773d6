public import Batches
public import Losses

/// An objective of one loss of classes: what that loss does about their sizes is what the objective does.
public protocol LossObjective: Objective {
  /// How wrong the network is about each row.
  var loss: any Loss { get set }
  /// Whether it makes rows of several classes.
  var blends: Bool { get }
}

extension LossObjective {
  /// The loss's weights and offsets.
  public func emphasis(at moment: Moment) -> ClassEmphasis? {
    loss.takesClassWeights
      ? ClassEmphasis(
        weights: loss.classWeights(at: moment), offsets: loss.logitOffsets, blends: blends)
      : nil
  }

  /// The same with a loss weighted by `[C]`; `nil` where it takes no weights of classes.
  public func weighted(by weights: [Double], from start: Double) -> (any Objective)? {
    guard loss.takesClassWeights else { return nil }
    var copy = self
    copy.loss = WeightedLoss(loss, weights: weights, start: start)
    return copy
  }
}
