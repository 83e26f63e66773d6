extension TextFeatures {
  /// Refuses lexicons that would make a model's file too large to be read.
  static func check(_ lexicons: [Lexicon]) throws(TextError) {
    let bytes = lexicons.reduce(0) { $0 + $1.mostBytes }
    guard bytes <= TextSettings.mostLexiconBytes else {
      throw .lexiconsTooLarge(
        words: lexicons.reduce(0) { $0 + $1.scores.count }, bytes: bytes,
        most: TextSettings.mostLexiconBytes)
    }
  }

  /// What each lexicon has of the training texts.
  static func fitted(_ lexicons: [Lexicon], to texts: [String]) -> [LexiconFeatures] {
    guard !lexicons.isEmpty else { return [] }
    // All words of all texts would stand in memory, and those that are known are enough.
    let known = texts.map { text in
      TextWords(text).words.filter { word in lexicons.contains { $0.scores[word] != nil } }
    }
    return lexicons.map { LexiconFeatures(fitting: known, $0) }
  }
}
