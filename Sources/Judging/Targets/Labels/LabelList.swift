import Evaluation
import Files
import Requirements

/// A cell that lists labels: `a|b`, `a;b` or `["a", "b"]`; empty, `none` or `[]` is none of them.
package enum LabelList {
  /// What is wrong with a cell.
  struct Mistake: Error {
    let reason: String
  }

  /// The labels of a cell.
  ///
  /// - Parameters:
  ///   - text: The cell.
  ///   - labels: What there is, `[L]`.
  /// - Returns: Their places, each once, in `0..<L`.
  /// - Throws: ``Mistake`` for a name that is no label, or a list that cannot be read.
  static func parts(_ text: String, among labels: [String]) throws(Mistake) -> [Int] {
    let text = Label.trimmed(text)
    if let whole = labels.firstIndex(of: text) { return [whole] }
    if text.isEmpty || text.lowercased() == "none" { return [] }
    if Label.isMissing(text) {
      throw Mistake(
        reason:
          "leave the cell empty where there is no label; a label that is not known needs columns true_<label>"
      )
    }
    let names = try text.hasPrefix("[") ? items(text) : split(text)
    var places: [Int] = []
    for name in names {
      guard let place = labels.firstIndex(of: name) else {
        let hint = nearest(to: name, among: labels).map { "; did you mean '\($0)'?" } ?? ";"
        throw Mistake(
          reason: "'\(name)' has no column prob_\(name)\(hint) the labels are \(shortened(labels))")
      }
      if !places.contains(place) { places.append(place) }
    }
    return places
  }

  private static func split(_ text: String) -> [String] {
    let mark: Character = text.contains("|") ? "|" : ";"
    return text.split(separator: mark).map { Label.trimmed(String($0)) }.filter { !$0.isEmpty }
  }

  private static func items(_ text: String) throws(Mistake) -> [String] {
    let advice = "expected a JSON list such as [\"a\", \"b\"]; or write a|b"
    do throws(JSONParser.Failure) {
      let values = try JSONParser.items(of: Array(text.utf8)[...])
      let names = values.compactMap(\.value.text)
      if names.count == values.count { return names }
    } catch {
      throw Mistake(reason: "\(advice) (\(error.reason))")
    }
    throw Mistake(reason: advice)
  }
}
