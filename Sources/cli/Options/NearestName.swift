/// The name that was probably meant: the one with the fewest edits to `name`, if they are fewer than
/// half of its letters.
package func nearestName(to name: String, among names: [String]) -> String? {
  let best = names.map { (name: $0, edits: edits(from: name, to: $0)) }.min { $0.edits < $1.edits }
  guard let best, best.edits * 2 < max(name.count, 2) else { return nil }
  return best.name
}

/// Levenshtein's distance.
private func edits(from source: String, to target: String) -> Int {
  let target = Array(target)
  var row = Array(0...target.count)
  for (i, letter) in source.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for j in target.indices {
      let replaced = diagonal + (letter == target[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[target.count]
}
