/// How the output of a network becomes a number, ŷ = mean + scale · z: of the training part, kept with the model.
public struct NumberScale: Codable, Sendable, Equatable {
  /// Mean of the training numbers.
  public let mean: Double
  /// Their standard deviation, above 0.
  public let scale: Double

  /// - Parameters:
  ///   - mean: of the training numbers.
  ///   - scale: their standard deviation, above 0.
  public init(mean: Double, scale: Double) { (self.mean, self.scale) = (mean, scale) }

  /// What makes it useless, if something does: anyone may have written the file.
  var problem: String? {
    mean.isFinite && scale.isFinite && scale > 0
      ? nil : "expected a finite mean and a scale above 0, got \(mean) and \(scale)"
  }
}

/// A network whose answer to an example is no finite number.
public struct NotANumber: Error, Equatable, Sendable, CustomStringConvertible {
  /// What identifies the example.
  public let path: String

  /// What is wrong, and what to do.
  public var description: String {
    "\(path): the model's answer is no finite number; its weights have overflowed, so train it anew at a lower rate"
  }
}
