import Decisions
import Randomness

/// A part of scaled rows to fit to, and the part that is held out.
struct GradeFold: Sendable {
  /// What is fitted to.
  let fitted: PresentGrades
  /// What is held out.
  let held: GradedRows

  /// Folds that keep groups together and grades in proportion; none where there are too few groups for two.
  ///
  /// - Parameters:
  ///   - rows: scaled.
  ///   - count: folds, at least 2; as many as there are groups where those are fewer.
  ///   - key: of the draws.
  static func dealt(_ rows: GradedRows, count: Int, key: RandomKey) -> [GradeFold] {
    var source = key.folding("folds").source
    let groups = rows.groups.map { groups in
      // A row without a group stands alone.
      groups.enumerated().map { $1.isEmpty ? "\u{0}\($0)" : $1 }
    }
    let most = min(count, groups.map { Set($0).count } ?? rows.count)
    guard most >= 2,
      let dealt = try? GroupedFolds(
        truths: rows.labels, classes: rows.grades, groups: groups, count: most, using: &source)
    else { return [] }
    return (0..<most).map { fold in
      GradeFold(
        fitted: PresentGrades(rows.keeping(dealt.rows(outside: fold))),
        held: rows.keeping(dealt.rows(in: fold)))
    }
  }
}

extension CumulativeModel {
  /// −Σ log P of the rows' grades; a probability of nothing counts as 10⁻¹⁵.
  func logLossSum(_ rows: GradedRows) -> Double {
    let p = self(rows.features).probabilities
    return rows.labels.enumerated().reduce(0) { sum, row in
      sum - max(p[row.offset * grades + row.element], 1e-15).logarithm
    }
  }

  /// Σ of Brier's score of the rows, Σ_k (P(k) − [y = k])².
  func brierSum(_ rows: GradedRows) -> Double {
    let p = self(rows.features).probabilities
    return rows.labels.enumerated().reduce(0) { sum, row in
      (0..<grades).reduce(sum) { sum, grade in
        let error = p[row.offset * grades + grade] - (grade == row.element ? 1 : 0)
        return sum + error * error
      }
    }
  }
}
