public import Sampling

/// Where a stage's examples come from: the training set in the order of a sampler.
///
/// Every stream of a stage makes its own augmentation draws, so one image met in two streams looks
/// different in each.
public struct Stream: Sendable {
  /// Chooses the examples of each epoch.
  public var sampler: any Sampler

  /// - Parameter sampler: chooses the examples of each epoch.
  public init(_ sampler: any Sampler) { self.sampler = sampler }
}
