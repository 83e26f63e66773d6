public import Randomness

/// Steps one after another.
public struct Chain: Transform {
  /// In order.
  public let steps: [any Transform]

  /// A chain of steps; none leaves the image as it is.
  ///
  /// - Parameter steps: in order
  public init(_ steps: [any Transform]) { self.steps = steps }

  /// The last step's image.
  ///
  /// - Parameters:
  ///   - image: what the first step receives
  ///   - generator: drawn from by each step in turn
  public func callAsFunction(_ image: Image, using generator: inout RandomSource) -> Image {
    var image = image
    for step in steps { image = step(image, using: &generator) }
    return image
  }

  /// The steps' own, one after another.
  public var onTarget: any Transform { Chain(steps.map(\.onTarget)) }
}
