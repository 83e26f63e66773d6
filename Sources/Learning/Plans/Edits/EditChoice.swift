/// A number that an edit chose on the validation part.
public struct EditChoice: Sendable, Equatable {
  /// The name of the hyper-parameter that it stands for.
  public var name: String
  /// The number.
  public var value: Double
  /// What it was chosen by.
  public var metric: String
  /// That metric at the number.
  public var score: Double

  /// A choice of its parts.
  public init(name: String, value: Double, metric: String, score: Double) {
    (self.name, self.value, self.metric, self.score) = (name, value, metric, score)
  }
}
