import Foundation
import Methods
import Plans
import Testing

/// Names of methods as they are typed: each nearly right one leads to the right one, by a distance that is counted here
/// once more.
@Suite("Suggestions of methods")
struct SuggestionTests {
  static let names = catalogue.map { $0.name } + libraryMethods.map { $0.name }

  private func suggestion(_ typed: String) -> String? {
    do throws(CatalogueError) {
      _ = try method(named: typed)
      return typed
    } catch {
      let words = error.description
      guard let range = words.firstRange(of: "; did you mean '") else { return nil }
      return String(words[range.upperBound...].prefix { $0 != "'" })
    }
  }

  /// Levenshtein's distance by its recursion, with swaps of neighbours as one step.
  private func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a), Array(b))
    var table = [[Int]](
      repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count {
      for j in 0...b.count {
        if i == 0 || j == 0 {
          table[i][j] = i + j
          continue
        }
        var least = min(
          table[i - 1][j] + 1, table[i][j - 1] + 1,
          table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          least = min(least, table[i - 2][j - 2] + 1)
        }
        table[i][j] = least
      }
    }
    return table[a.count][b.count]
  }

  /// Capitals, underscores and blanks in place of hyphens are other spellings, and lead home.
  @Test(arguments: names)
  func otherSpellings(name: String) {
    for typed in [
      name.uppercased(), name.capitalized, name.replacing("-", with: "_"),
      name.replacing("-", with: " "),
    ] {
      #expect(suggestion(typed) == name, "\(typed)")
    }
  }

  /// One letter left out, doubled or swapped: what is suggested is as near as the name that was meant, or nearer.
  @Test(arguments: names.filter { $0.count > 5 })
  func oneSlip(name: String) {
    let letters = Array(name)
    for place in letters.indices {
      var (without, doubled) = (letters, letters)
      without.remove(at: place)
      doubled.insert(letters[place], at: place)
      var slips = [String(without), String(doubled)]
      if place > 0 {
        var swapped = letters
        swapped.swapAt(place - 1, place)
        slips.append(String(swapped))
      }
      for typed in slips where !Self.names.contains(typed) {
        let found = suggestion(typed)
        #expect(found.map { distance(typed, $0) <= 1 } == true, "\(typed): \(found ?? "none")")
      }
    }
  }

  /// The one nearest name, where no other is as near, is the one that is suggested.
  @Test(arguments: [
    "balanced-mixip", "focall", "lade2", "tau_nrom", "weigth-balancing", "repeatfactor",
    "distribution-balance", "easyensemble", "smote-tomeks", "fixmach", "logit-adjustement",
    "ssim-autoencodre", "squared-eror", "labelaware-smoothing", "confusion_mixupp", "lightgmb",
  ])
  func theNearest(typed: String) throws {
    let folded = { (name: String) in name.replacing("-", with: "_") }
    let distances = Self.names.map { distance(folded(typed), folded($0)) }
    let least = try #require(distances.min())
    let nearest = Self.names.indices.filter { distances[$0] == least }
    try #require(nearest.count == 1, "\(typed)")
    #expect(suggestion(typed) == Self.names[nearest[0]])
  }

  /// What is like nothing gets no suggestion, whatever its letters.
  @Test(arguments: ["", "x", "quetzalcoatl", "深層学習", "🙂", "------", "erm; rm -rf", "method\nname"])
  func nothingIsNear(typed: String) {
    #expect(suggestion(typed) == nil)
  }

  /// Names are exact: no blank at either end, no other case.
  @Test(arguments: names)
  func namesAreExact(name: String) throws {
    #expect(try method(named: name).name == name)
    for typed in [" " + name, name + " ", name + "\n", name.uppercased()] {
      #expect(throws: CatalogueError.unknown(typed)) { try method(named: typed) }
    }
  }
}
