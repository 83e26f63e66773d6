public import Randomness
import Requirements

/// A step from one image to another. Every draw comes from the generator it is given, so an image's
/// augmentation is a function of the run's seed, the epoch and the image's position, on any thread.
public protocol Transform: Sendable {
  /// The transformed image.
  ///
  /// - Parameters:
  ///   - image: 1 or 3 channels
  ///   - generator: where chance comes from; deterministic steps leave it as it is
  func callAsFunction(_ image: Image, using generator: inout RandomSource) -> Image

  /// The step that a target takes while the image takes this one. A target lies over the image pixel by pixel: a
  /// map of classes, whose numbers are names, so that one between two others would be a third class.
  ///
  /// It makes the same draws as this step, all of them, from what it is given: where a pixel goes follows from them
  /// and from the image's size, never from values. A step that
  /// - moves pixels answers itself, each value taken from the nearest pixel where it would be weighed from several;
  /// - changes colours alone answers `Untouched(by: self)`;
  /// - does both answers one that moves alike and leaves values as they are;
  /// - is made of steps answers one made of their answers.
  ///
  /// There is no default: either would be wrong in silence for half of all transforms.
  var onTarget: any Transform { get }
}

extension Transform {
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
  /// - Precondition: image and target have one size, and `onTarget` makes the step's draws and sizes.
  public func callAsFunction(
    _ image: Image, target: Image, using generator: inout RandomSource
  ) -> (image: Image, target: Image) {
    require(
      image.size == target.size,
      "Transform: expected a target of the image's size, \(image.size), got \(target.size)")
    var copy = generator
    let moved = onTarget(target, using: &copy)
    let result = self(image, using: &generator)
    require(
      copy == generator,
      "Transform: expected \(Self.self).onTarget to make the draws of the step, got others")
    require(
      moved.size == result.size,
      "Transform: expected a moved target of the result's size, \(result.size), got \(moved.size)")
    return (result, moved)
  }
}
