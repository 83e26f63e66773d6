/// What people add to a model card, kept when the card is made anew.
enum CardNotes {
  /// What stands below this line is theirs.
  static let line = "<!-- What you write below this line stays when the card is made anew. -->"

  /// The end of a card: the line, and what stood below it in the card before.
  static func end(after before: String?) -> String {
    let parts = before?.split(separator: line, maxSplits: 1, omittingEmptySubsequences: false) ?? []
    return "\n\(line)" + (parts.count == 2 ? String(parts[1]) : "\n")
  }
}
