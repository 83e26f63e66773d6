/// Three numbers of a text for a lexicon: mean and maximum of the scores of its known words, each as often as it occurs, and
/// coverage, the part of its words that the lexicon knows, in `0...1`.
///
/// A text without a known word has no mean and no maximum: those of the training texts that have one stand for them, in the mean,
/// and a coverage of 0 tells it apart.
struct LexiconFeatures: Sendable, Equatable, Codable {
  /// Mean over training texts with a known word of their means; 0 where none has one.
  let mean: Double
  /// The same of their maxima.
  let maximum: Double

  /// What the three are called behind the name of the lexicon.
  static let names = ["mean", "maximum", "coverage"]

  /// - Parameters:
  ///   - texts: words of each training text, those at least that the lexicon knows.
  ///   - lexicon: the scores.
  init(fitting texts: [[String]], _ lexicon: Lexicon) {
    let known = texts.compactMap { Self.found(in: $0, lexicon) }
    let count = Double(max(known.count, 1))
    mean = known.reduce(0) { $0 + $1.mean } / count
    maximum = known.reduce(0) { $0 + $1.maximum } / count
  }

  /// Mean, maximum and coverage of a text.
  ///
  /// - Parameter words: of the text.
  func values(of words: [String], _ lexicon: Lexicon) -> [Float] {
    guard let found = Self.found(in: words, lexicon) else {
      return [Float(mean), Float(maximum), 0]
    }
    return [Float(found.mean), Float(found.maximum), Float(found.coverage)]
  }

  /// What the words of a text come to; nil where the lexicon knows none.
  private static func found(
    in words: [String], _ lexicon: Lexicon
  ) -> (mean: Double, maximum: Double, coverage: Double)? {
    let scores = words.compactMap { lexicon.scores[$0] }
    guard let most = scores.max() else { return nil }
    return (
      scores.reduce(0, +) / Double(scores.count), most, Double(scores.count) / Double(words.count)
    )
  }
}
