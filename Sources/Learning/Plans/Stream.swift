public import Batches
public import Sampling

/// Where a stage's labelled examples come from: the training set in the order of a sampler.
///
/// Every stream of a stage makes its own augmentation draws, so one image met in two streams looks
/// different in each. A stream of several views gives the objective a batch of each: the same rows, each view with
/// draws of its own.
public struct Stream: Sendable {
  /// Chooses the examples of each epoch.
  public var sampler: any Sampler
  /// How the images are augmented, a batch each; at least one.
  public var views: [View]

  /// Whether every row comes once an epoch, in random order: who is drawn how often is then anybody's to say.
  public var isAsItComes: Bool { sampler is UniformSampler }

  /// - Parameters:
  ///   - sampler: chooses the examples of each epoch.
  ///   - views: how the images are augmented, a batch each; at least one.
  public init(_ sampler: any Sampler, views: [View] = [.standard]) {
    (self.sampler, self.views) = (sampler, views)
  }
}
