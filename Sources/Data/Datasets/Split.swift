/// The part of a data set that an example belongs to.
public enum Split: String, Codable, CaseIterable, Sendable, Comparable {
  /// Seen by the optimiser.
  case train
  /// Chooses the checkpoint and the decision.
  case val
  /// Measured once, at the end.
  case test

  /// The split that a folder or a table cell means, in any case: `validation`, `dev`, `testing`, ….
  ///
  /// - Returns: nil when the word is none of ``accepted``.
  public init?(synonym: String) {
    switch synonym.lowercased() {
    case "train", "training": self = .train
    case "val", "valid", "validation", "eval", "evaluation", "dev": self = .val
    case "test", "testing": self = .test
    default: return nil
    }
  }

  /// The words that ``init(synonym:)`` knows.
  public static let accepted =
    "train, training, val, valid, validation, eval, evaluation, dev, test, testing"

  /// In the order of use: train, val, test.
  public static func < (left: Split, right: Split) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .train: 0
    case .val: 1
    case .test: 2
    }
  }
}
