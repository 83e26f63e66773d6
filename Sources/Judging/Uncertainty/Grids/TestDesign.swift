/// What the trainings that a mean is taken over (seeds or folds) have in common on the test side: it decides
/// where the uncertainty of a mean difference comes from.
public enum TestDesign: Sendable, Equatable, Codable {
  /// One training: the spread between trainings cannot be seen, and intervals are over test rows alone.
  case single
  /// All are judged on the same test rows.
  case shared
  /// Each has test rows of its own, drawn from the same data: folds, or a split a seed. `ratio` is the size of a
  /// test part beside that of what was trained on.
  case own(ratio: Double)

  /// What `V` of ``RepeatedDifference`` is made of, in words.
  public var words: String {
    switch self {
    case .single: "one training: over test rows alone"
    case .shared: "the same test rows for all: over trainings, and over test rows by the bootstrap"
    case .own:
      "test rows of their own: over trainings, corrected for data that they share (Nadeau and Bengio)"
    }
  }
}
