/// A class with so few true examples that its rates must be read as counts.
public struct SmallSample: Sendable, Equatable, Codable {
  /// Fewer true examples than this make a sample small.
  public static let threshold = 10

  /// Name of the class.
  public let name: String
  /// True examples of the class.
  public let positives: Int
  /// Examples of the class decided rightly.
  public let correct: Int
  /// What drop of the recall this set could show.
  public let detectableDrop: DetectableDrop

  enum CodingKeys: String, CodingKey {
    case name = "class"
    case positives, correct
    case detectableDrop = "detectable_drop"
  }

  /// Advice about a class; `nil` where it has at least ``threshold`` true examples, or none.
  ///
  /// - Parameters:
  ///   - name: Name of the class.
  ///   - correct: Examples decided rightly, `0...positives`.
  ///   - positives: True examples, at least 0.
  /// - Precondition: `0 ≤ correct ≤ positives`.
  public init?(_ name: String, correct: Int, of positives: Int) {
    guard positives > 0, positives < Self.threshold else { return nil }
    self.name = name
    self.positives = positives
    self.correct = correct
    detectableDrop = DetectableDrop(correct: correct, of: positives)
  }

  /// What to print in place of a percent: `3 of 8`.
  public var counts: String { "\(correct) of \(positives)" }

  /// The advice in English.
  public var advice: String {
    let share = "\(name): \(counts) found; too few examples for a percentage."
    guard let drop = detectableDrop.paired else {
      return share + " No loss against another model could be shown with this test set."
    }
    let lost = Int((drop * Double(positives)).rounded(.up))
    return share
      + " Only a loss of \(lost) or more of \(positives) against another model would show reliably."
  }
}
