import Requirements
import Testing

/// What is near by the definition: all words that one slip makes.
@Suite("One slip")
struct EditTests {
  /// All words of one to four letters of two.
  private static let words: [String] = {
    var (all, last): ([String], [String]) = ([], [""])
    for _ in 1...4 {
      last = last.flatMap { [$0 + "a", $0 + "b"] }
      all += last
    }
    return all
  }()

  /// The word itself, and what an insertion, a deletion, a replacement or a swap of neighbours makes of it.
  private func slips(of word: String) -> Set<String> {
    let letters = Array(word)
    var found: Set = [word]
    for place in 0...letters.count {
      for letter in ["a", "b"] as [Character] {
        found.insert(String(letters[..<place] + [letter] + letters[place...]))
        if place < letters.count {
          found.insert(String(letters[..<place] + [letter] + letters[(place + 1)...]))
        }
      }
      if place < letters.count { found.insert(String(letters[..<place] + letters[(place + 1)...])) }
      if place + 1 < letters.count {
        var swapped = letters
        swapped.swapAt(place, place + 1)
        found.insert(String(swapped))
      }
    }
    return found
  }

  @Test("every pair of short words")
  func everyPair() {
    for typed in Self.words where typed.count >= 2 {
      let near = slips(of: typed)
      for known in Self.words {
        let expected = near.contains(known) || known.hasPrefix(typed) ? known : nil
        #expect(nearest(to: typed, among: [known]) == expected, "\(typed), \(known)")
      }
    }
  }

  @Test("the nearest of several, the first of equally near ones")
  func theNearestWins() {
    #expect(nearest(to: "abcdefghi", among: ["abcdefxyz", "abcdefghx"]) == "abcdefghx")
    #expect(nearest(to: "cat", among: ["bat", "rat"]) == "bat")
    #expect(nearest(to: "cat", among: ["rat", "bat", "cat"]) == "cat")
    // The beginning of two names is that of none.
    #expect(nearest(to: "balanced", among: ["balanced-mixup-a", "balanced-mixup-b"]) == nil)
    #expect(nearest(to: "b", among: ["balanced"]) == nil)
    #expect(nearest(to: "Macro F1", among: ["macro-f1"]) == "macro-f1")
    #expect(nearest(to: "x", among: []) == nil)
  }
}
