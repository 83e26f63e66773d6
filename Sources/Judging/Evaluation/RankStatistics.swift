import Requirements

/// What the order of the scores says, for every class: each column of scores is sorted once.
public struct RankStatistics: Sendable, Equatable {
  /// AUROC of each class against the rest, `[C]`; `nil` without positives or without negatives.
  public let rocAUC: [Double?]
  /// AUROC of score `i` with positives of class `i` and negatives of class `j`, `[C, C]` flat, entry
  /// `i * C + j`; `nil` where either class is absent, and on the diagonal.
  public let rocAUCPairs: [Double?]
  /// Average precision of each class against the rest, `[C]`; `nil` without positives.
  public let averagePrecision: [Double?]

  /// The statistics of a table of scores.
  ///
  /// AUROC counts pairs in integers, ties one half. Average precision is
  /// `Σ_n (R_n − R_{n−1}) P_n` over the distinct scores, no interpolation, as scikit-learn has it.
  ///
  /// - Parameters:
  ///   - truths: True classes, `[N]`, each in `0..<C`.
  ///   - scores: Row by row, `[N, C]` flat.
  ///   - classes: `C`, at least 1.
  /// - Precondition: the lengths agree and no score is NaN.
  init(truths: [Int], scores: [Double], classes: Int) {
    var support = [Int](repeating: 0, count: classes)
    for truth in truths { support[truth] += 1 }
    var (areas, pairs, precisions): ([Double?], [Double?], [Double?]) = ([], [], [])
    for positive in 0..<classes {
      let column = ClassRanking(positive, truths, scores, support)
      areas.append(column.area)
      pairs += column.pairs
      precisions.append(column.averagePrecision)
    }
    (rocAUC, rocAUCPairs, averagePrecision) = (areas, pairs, precisions)
  }
}

/// One class's scores, from the highest down.
private struct ClassRanking {
  private let positive: Int
  private let support: [Int]
  /// Twice the pairs that positives win against each class, ties counted once, `[C]`.
  private var halves: [Int]
  private var precision = 0.0

  private struct Entry {
    let score: Double
    let truth: Int
  }

  init(_ positive: Int, _ truths: [Int], _ scores: [Double], _ support: [Int]) {
    self.positive = positive
    self.support = support
    let classes = support.count
    halves = [Int](repeating: 0, count: classes)
    var entries = truths.indices.map {
      Entry(score: scores[$0 * classes + positive], truth: truths[$0])
    }
    require(
      !entries.contains { $0.score.isNaN },
      "RankStatistics: expected numbers, got NaN among the scores of class \(positive)")
    entries.sort { $0.score > $1.score }
    count(entries)
  }

  private mutating func count(_ entries: [Entry]) {
    var seen = [Int](repeating: 0, count: support.count)
    var tied = seen
    var next = 0
    while next < entries.count {
      let score = entries[next].score
      for index in tied.indices { tied[index] = 0 }
      while next < entries.count, entries[next].score == score {
        tied[entries[next].truth] += 1
        next += 1
      }
      let wins = tied[positive]
      for index in seen.indices { seen[index] += tied[index] }
      guard wins > 0 else { continue }
      for index in seen.indices {
        halves[index] += wins * (2 * (support[index] - seen[index]) + tied[index])
      }
      precision += Double(wins) * Double(seen[positive]) / Double(next)
    }
  }

  var area: Double? {
    let negatives = support.reduce(0, +) - support[positive]
    let won = halves.reduce(0, +) - halves[positive]
    return area(won, negatives)
  }

  /// Against each class alone, `[C]`.
  var pairs: [Double?] {
    support.indices.map { $0 == positive ? nil : area(halves[$0], support[$0]) }
  }

  var averagePrecision: Double? {
    support[positive] == 0 ? nil : precision / Double(support[positive])
  }

  private func area(_ halves: Int, _ negatives: Int) -> Double? {
    guard support[positive] > 0, negatives > 0 else { return nil }
    return Double(halves) / (2 * Double(support[positive]) * Double(negatives))
  }
}
