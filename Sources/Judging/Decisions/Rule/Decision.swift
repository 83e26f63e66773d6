/// What a rule says of one example.
public struct Decision: Sendable, Equatable {
  /// Probabilities after correction and calibration, `[C]`, summing to 1.
  public let probabilities: [Double]
  /// The decided class.
  public let decided: Int
  /// The class whose operating point decided; `nil` where none did.
  public let flagged: Int?
  /// Classes of the conformal set, each in `0..<C`, ascending, `[size of the set]`; `nil` where the rule makes none.
  public let set: [Int]?
  /// Whether the example is to be left to a human.
  public let abstains: Bool
}
