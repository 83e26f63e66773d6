public import Randomness
import Requirements

/// Chance between one image and another: draws the operations that are then made. Every draw comes from the generator
/// that it is given, so an image's augmentation is a function of the run's seed, the epoch and the image's position, on
/// any thread.
///
/// Draws depend on the image's size, never on its values. So the same operations are good for what lies over the image,
/// and another than who drew them may make them.
public protocol Transform: Sendable {
  /// What is done to an image, in order.
  ///
  /// - Parameters:
  ///   - size: of the image
  ///   - generator: where chance comes from; deterministic steps leave it as it is
  func operations(
    for size: ImageSize, using generator: inout RandomSource
  ) -> [any ImageOperation]
}

extension Transform {
  /// The transformed image.
  ///
  /// - Parameters:
  ///   - image: 1 or 3 channels
  ///   - generator: drawn from
  public func callAsFunction(_ image: Image, using generator: inout RandomSource) -> Image {
    var image = image
    operations(for: image.size, using: &generator).apply(to: &image)
    return image
  }

  /// The transformed image, and its target moved with it.
  ///
  /// The target has no values but those it had, and 0 where something lies that was outside the image before; a map
  /// whose class 0 is another thing than black margin counts its classes from 1.
  ///
  /// - Parameters:
  ///   - image: 1 or 3 channels
  ///   - target: what lies over the image, of its size: a map of classes in one channel, or colours that stand for them.
  ///     A JPEG that was decoded at reduced size is smaller than its map
  ///   - generator: advanced as `callAsFunction(_:using:)` advances it
  /// - Returns: the image, the same that `callAsFunction(_:using:)` gives, and the target, of the same size.
  /// - Precondition: image and target have one size, and each operation's `onTarget` leads to the operation's size.
  public func callAsFunction(
    _ image: Image, target: Image, using generator: inout RandomSource
  ) -> (image: Image, target: Image) {
    require(
      image.size == target.size,
      "Transform: expected a target of the image's size, \(image.size), got \(target.size)")
    let operations = operations(for: image.size, using: &generator)
    var (result, moved) = (image, target)
    operations.apply(to: &result)
    operations.onTarget.apply(to: &moved)
    require(
      moved.size == result.size,
      "Transform: expected a moved target of the result's size, \(result.size), got \(moved.size)")
    return (result, moved)
  }
}
