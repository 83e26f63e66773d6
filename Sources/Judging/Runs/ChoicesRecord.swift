/// What stages of a run chose on its validation part alone, such as a strength that an edit searched for: `choices.json`.
public struct ChoicesRecord: VersionedJSON, Equatable {
  /// One choice.
  public struct Choice: Codable, Sendable, Equatable {
    /// The stage, from 1.
    public var stage: Int
    /// What was chosen, by the name of the hyper-parameter that it stands for.
    public var name: String
    /// The value.
    public var value: Double
    /// What it was chosen by.
    public var metric: String
    /// That metric at the value, on the validation part.
    public var score: Double

    /// A choice of its parts.
    public init(stage: Int, name: String, value: Double, metric: String, score: Double) {
      (self.stage, self.name, self.value) = (stage, name, value)
      (self.metric, self.score) = (metric, score)
    }
  }

  /// In the order in which they were made.
  public private(set) var choices: [Choice]

  /// - Parameter choices: in the order in which they were made.
  public init(_ choices: [Choice] = []) { self.choices = choices }

  /// Takes a choice up, in place of that of the same stage and name: a stage that ends again after a kill chooses again.
  public mutating func note(_ choice: Choice) {
    choices.removeAll { $0.stage == choice.stage && $0.name == choice.name }
    choices.append(choice)
  }
}
