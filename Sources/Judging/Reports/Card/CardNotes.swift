/// What people add to a model card, kept byte for byte when the card is made anew.
enum CardNotes {
  /// What stands below this line is theirs.
  static let line = "<!-- What you write below this line stays when the card is made anew. -->"

  /// What stands below the line; `nil` in a card without it.
  static func notes(in card: [UInt8]) -> [UInt8]? {
    card.firstRange(of: Array(line.utf8)).map { Array(card[$0.upperBound...]) }
  }
}
