public import Randomness

/// Steps one after another.
public struct Chain: Transform {
  /// In order.
  public let steps: [any Transform]

  /// A chain of steps; none leaves the image as it is.
  ///
  /// - Parameter steps: in order
  public init(_ steps: [any Transform]) { self.steps = steps }

  /// Those of each step, for what the steps before it make of the image.
  ///
  /// - Parameters:
  ///   - size: of what the first step receives
  ///   - generator: drawn from by each step in turn
  public func operations(
    for size: ImageSize, using generator: inout RandomSource
  ) -> [any ImageOperation] {
    var (size, result) = (size, [any ImageOperation]())
    for step in steps {
      let next = step.operations(for: size, using: &generator)
      size = next.size(after: size)
      result += next
    }
    return result
  }
}
