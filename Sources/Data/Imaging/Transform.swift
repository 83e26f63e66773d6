public import Randomness

/// A step from one image to another. Every draw comes from the generator it is given, so an image's
/// augmentation is a function of the run's seed, the epoch and the image's position, on any thread.
public protocol Transform: Sendable {
  /// The transformed image.
  ///
  /// - Parameters:
  ///   - image: 1 or 3 channels
  ///   - generator: where chance comes from; deterministic steps leave it as it is
  func callAsFunction(_ image: Image, using generator: inout RandomSource) -> Image
}
