/// The part of a data set that an example belongs to.
public enum Split: String, Codable, CaseIterable, Sendable, Comparable {
  /// Seen by the optimiser.
  case train
  /// Chooses the checkpoint and the decision.
  case val
  /// Measured once, at the end.
  case test

  /// The split that a folder or a table cell means, in any case: `validation`, `dev`, `testing`, …, with
  /// or without words such as `set`, `data` or `images`: `training_set`, `test images`.
  ///
  /// - Returns: nil when the word is none of ``accepted``.
  public init?(synonym: String) {
    var word = synonym.lowercased().filter { $0.isLetter || $0.isNumber }[...]
    while true {
      if let split = Self.synonyms[String(word)] {
        self = split
        return
      }
      if let filler = Self.fillers.first(where: { word.hasSuffix($0) }) {
        word = word.dropLast(filler.count)
      } else if let filler = Self.fillers.first(where: { word.hasPrefix($0) }) {
        word = word.dropFirst(filler.count)
      } else {
        return nil
      }
    }
  }

  /// The split that a single word of a name means: train for `seg_train`.
  ///
  /// - Returns: nil when no word, or more than one, is one of ``accepted``.
  init?(wordOf name: String) {
    if let split = Split(synonym: name) {
      self = split
      return
    }
    let words = name.lowercased().split { !$0.isLetter }.compactMap { Self.synonyms[String($0)] }
    guard words.count == 1 else { return nil }
    self = words[0]
  }

  private static let synonyms: [String: Split] = [
    "train": .train, "training": .train, "trainval": .train,
    "val": .val, "valid": .val, "validation": .val, "eval": .val, "evaluation": .val, "dev": .val,
    "test": .test, "testing": .test,
  ]

  /// Words beside the name of a split that change nothing.
  private static let fillers = [
    "dataset", "set", "data", "images", "image", "imgs", "img", "pictures", "photos", "folder",
    "dir",
    "files", "samples", "split",
  ]

  /// The words that ``init(synonym:)`` knows.
  public static let accepted =
    "train, training, trainval, val, valid, validation, eval, evaluation, dev, test, testing"

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
