/// Which part of the data is kept by a score.
public struct InfluenceRule: Sendable, Equatable {
  /// Which end is kept.
  public enum End: String, Sendable, CaseIterable, Codable {
    /// Hard examples.
    case hard
    /// Easy ones.
    case easy
  }

  /// With what scores are compared.
  public enum Scale: String, Sendable, CaseIterable, Codable {
    /// z-scores within the class: every class gives its hardest, or easiest.
    case perClass = "class"
    /// z-scores over the set: classes that are hard as a whole are kept, or lost, as a whole.
    case perSet = "set"
  }

  /// How rows are chosen.
  public enum Draw: String, Sendable, CaseIterable, Codable {
    /// The first by their scores.
    case cut
    /// Without replacement, with chances linear in the score rescaled to ε…1.
    case proportional
    /// Whatever the score: the control.
    case random
  }

  /// Share that is kept, above 0 and up to 1.
  public var keep: Double
  /// Which end is kept.
  public var end = End.easy
  /// With what scores are compared.
  public var scale = Scale.perClass
  /// How rows are chosen.
  public var draw = Draw.cut
  /// Rows of a class that stay at least, as far as it has them; at least 0.
  public var floor = 0
  /// ε, the smallest chance of ``Draw/proportional``, above 0 and up to 1.
  public var epsilon = 0.05
  /// Share of a class that may be lost at most, in 0…1; nil: a class keeps at least half the share that is kept of all.
  public var mostLost: Double?

  /// A rule that keeps a share.
  public init(keep: Double) { self.keep = keep }

  /// Share of a class that may be lost at most.
  public var allowedLoss: Double { mostLost ?? 1 - keep / 2 }

  /// - Throws: ``CurationError/badShare(name:value:)`` and ``CurationError/outOfRange(name:value:expected:)``.
  public func check() throws(CurationError) {
    guard keep > 0, keep <= 1 else { throw .badShare(name: "keep", value: keep) }
    guard epsilon > 0, epsilon <= 1 else { throw .badShare(name: "epsilon", value: epsilon) }
    if let mostLost, !(0...1).contains(mostLost) {
      throw .outOfRange(name: "most lost", value: mostLost, expected: "a share from 0 to 1")
    }
  }
}
