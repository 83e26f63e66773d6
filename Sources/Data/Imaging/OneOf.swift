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

  /// Those of the chosen step.
  ///
  /// - Parameters:
  ///   - size: of the image
  ///   - generator: one draw for the choice, then the step's own
  public func operations(
    for size: ImageSize, using generator: inout RandomSource
  ) -> [any ImageOperation] {
    steps[generator.below(steps.count)].operations(for: size, using: &generator)
  }
}
