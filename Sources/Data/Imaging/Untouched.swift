public import Randomness

/// Makes a step's draws and leaves the image as it is: what a target sees of a step that moves no pixel, so that the
/// steps after it draw the same for image and target.
public struct Untouched: Transform {
  /// The step whose draws are made.
  public let step: any Transform

  /// - Parameter step: whose draws are made; its image is not kept
  public init(by step: any Transform) { self.step = step }

  /// The image itself.
  ///
  /// - Parameters:
  ///   - image: 1 or 3 channels
  ///   - generator: drawn from by the step
  public func callAsFunction(_ image: Image, using generator: inout RandomSource) -> Image {
    _ = step(image, using: &generator)
    return image
  }

  /// Itself.
  public var onTarget: any Transform { self }
}
