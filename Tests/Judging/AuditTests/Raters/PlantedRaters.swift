import Audit
import Randomness

/// Five raters of 1,200, 500, 200 and 20 rows of four classes, each right in 8 of 10; the last gives the third class to 9 of 10 rows of
/// the smallest.
struct PlantedRaters {
  let truth: [Int]
  let ratings: Ratings
  static let counts = [1200, 500, 200, 20]

  /// - Parameters:
  ///   - seed: of all draws.
  ///   - isPlanted: whether the last rater confuses the smallest class; otherwise it is as good as the others.
  init(seed: UInt64, isPlanted: Bool = true) {
    var source = RandomKey(seed: seed).folding("raters").source
    var (truth, rows): ([Int], [[Int?]]) = ([], [])
    for (label, count) in Self.counts.enumerated() {
      for _ in 0..<count {
        truth.append(label)
        var row: [Int?] = []
        for rater in 0..<5 {
          if isPlanted, rater == 4, label == 3 {
            row.append(source.uniform() < 0.1 ? 3 : 2)
          } else if source.uniform() < 0.8 {
            row.append(label)
          } else {
            row.append((label + 1 + source.below(3)) % 4)
          }
        }
        rows.append(row)
      }
    }
    (self.truth, ratings) = (truth, Ratings(rows, classes: 4))
  }

  /// F1 of a class.
  func f1(_ labels: [Int], of label: Int) -> Double {
    var (hits, all) = (0, 0)
    for (row, own) in labels.enumerated() {
      if own == label { all += 1 }
      if truth[row] == label { all += 1 }
      if own == label, truth[row] == label { hits += 1 }
    }
    return 2 * Double(hits) / Double(all)
  }

  /// Recall of a class.
  func recall(_ labels: [Int], of label: Int) -> Double {
    let members = truth.indices.filter { truth[$0] == label }
    return Double(members.count { labels[$0] == label }) / Double(members.count)
  }
}
