public import Randomness
import Requirements

/// One of several steps, each as likely as the others.
public struct OneOf: Transform {
  /// At least one.
  public let steps: [any Transform]

  /// A choice among steps.
  ///
  /// - Parameter steps: at least one
  /// - Precondition: `steps` is not empty.
  public init(_ steps: [any Transform]) {
    require(!steps.isEmpty, "OneOf.init: expected at least one step, got none")
    self.steps = steps
  }

  /// The chosen step's image.
  ///
  /// - Parameters:
  ///   - image: what the chosen step receives
  ///   - generator: one draw for the choice, then the step's own
  public func callAsFunction(_ image: Image, using generator: inout RandomSource) -> Image {
    steps[generator.below(steps.count)](image, using: &generator)
  }

  /// The chosen step's own.
  public var onTarget: any Transform { OneOf(steps.map(\.onTarget)) }
}
