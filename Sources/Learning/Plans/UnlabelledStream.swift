public import Batches
import Requirements

/// Where a stage's unlabelled examples come from: all images that are there, those of the training part without
/// their labels and those that have none, in random order, begun again when all were seen.
///
/// They have no class: they are in no tally, in no prior, and no sampler chooses them.
public struct UnlabelledStream: Sendable, Equatable {
  /// How the images are augmented, a batch each; at least one.
  public var views: [View]
  /// μ, rows a step for each row of a labelled stream; at least 1.
  public var ratio: Int

  /// - Parameters:
  ///   - views: how the images are augmented, a batch each; at least one.
  ///   - ratio: μ, rows a step for each row of a labelled stream; at least 1.
  /// - Precondition: a view at least, and a ratio of at least 1.
  public init(views: [View], ratio: Int = 1) {
    require(
      !views.isEmpty && ratio >= 1,
      "UnlabelledStream: expected a view and a ratio of at least 1, got \(views) and \(ratio)")
    (self.views, self.ratio) = (views, ratio)
  }
}
