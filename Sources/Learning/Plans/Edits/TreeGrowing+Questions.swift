import Boosting
import Foundation
import Networks
import Requirements
import Sampling
import Torch

/// One question of each row that is answered by yes or no: a label, or whether a row is beyond a grade.
private struct TreeQuestion {
  /// What it is called.
  let name: String
  /// `[N]`; `nil` where it is not known.
  let training: [Bool?]
  /// The same of validation; `nil` without.
  let validation: [Bool?]?

  var present: Int { training.count { $0 == true } }
  var absent: Int { training.count { $0 == false } }
}

extension TreeGrowing {
  /// A booster for each label, of the rows that know it.
  func labels() throws -> BoostersHead {
    let table = known(training.labelTable, "labels")
    let seen = validation.map { known($0.labelTable, "labels") }
    let questions = (0..<table.width).map { label in
      TreeQuestion(
        name: tools.names.count == table.width
          ? "'\(tools.names[label])'" : "label \(label + 1) of \(table.width)",
        training: (0..<table.count).map { table[$0, label] },
        validation: seen.map { seen in (0..<seen.count).map { seen[$0, label] } })
    }
    return try head(of: questions, "labels")
  }

  /// A booster for each grade but the last, of being beyond it. Where answers of all rows cross, the decoding straightens them;
  /// those of a chain (`corn`), each of the rows that are of the grade or beyond, are multiplied and cannot cross.
  func grades(_ decoding: Decoding) throws -> BoostersHead {
    let grades = tools.classes.count
    require(grades >= 2, "BoostedTrees: expected two grades or more, got \(grades)")
    func answers(_ labels: [Int], _ grade: Int) -> [Bool?] {
      labels.map { decoding == .corn && $0 < grade ? nil : $0 > grade }
    }
    let questions = (0..<grades - 1).map { grade in
      TreeQuestion(
        name: tools.names.count == grades
          ? "beyond '\(tools.names[grade])'" : "beyond grade \(grade + 1) of \(grades)",
        training: answers(training.labels, grade),
        validation: validation.map { answers($0.labels, grade) })
    }
    let head = try head(of: questions, "thresholds of grades")
    if decoding == .corn {
      tools.say(
        "lightgbm: each threshold's booster asks the rows of its grade or beyond, so that probabilities never cross"
      )
      return head
    }
    let crossed = decoding.straightens(head(training.features, Context())).count { $0 }
    tools.say(
      "lightgbm: P(y > k) rises somewhere with k in \(crossed) of \(training.labels.count) training rows, whose probabilities are"
        + " straightened")
    return head
  }

  private func head(of questions: [TreeQuestion], _ what: String) throws -> BoostersHead {
    // Taken out of the tensors once.
    let (values, seen) = (training.values, validation?.values)
    var (sections, kept, empty): ([BoosterSections.Section], [Int], Int) = ([], [], 0)
    var (unended, cut): ([String], Int) = ([], 0)
    for (place, question) in questions.enumerated() {
      let (n, m) = (question.present, question.absent)
      guard n > 0 && m > 0 else {
        sections.append(.constant(prior(question)))
        continue
      }
      let weights = BoostedTrees.weights([m, n], balance: edit.balance)
      let ended = both(seen, question.validation).flatMap { rows($0.0, $0.1, weights) }
      let grown = try grow(
        rows(values, question.training, weights) ?? nothing(), ended, .classes(2), place,
        of: questions.count)
      sections.append(.trees(grown.text))
      kept.append(grown.rounds)
      empty += grown.empty
      if ended == nil { unended.append(question.name) }
      if grown.isCut { cut += 1 }
    }
    say(what, questions.count, kept, unended, empty: empty, cut: cut)
    return BoostersHead(BoosterSections(sections), counts: questions.map(\.present))
  }

  /// The rows of a question whose answers are known; `nil` where none is.
  private func rows(_ values: [Float], _ answers: [Bool?], _ weights: [Float]) -> BoostingRows? {
    let known = answers.indices.filter { answers[$0] != nil }
    guard !known.isEmpty else { return nil }
    let width = training.width
    let yes = known.map { answers[$0] == true ? 1 : 0 }
    return BoostingRows(
      values: known.count == answers.count
        ? values : known.flatMap { values[$0 * width..<($0 + 1) * width] }, columns: width,
      labels: yes, weights: yes.map { weights[$0] })
  }

  private func nothing() -> BoostingRows {
    requirementFailed("BoostedTrees: expected rows that know the label, got none")
  }

  /// The log odds of the share of a label that all rows have, none has, or none is known to have or not; said in words.
  private func prior(_ question: TreeQuestion) -> Double {
    let (n, m) = (question.present, question.absent)
    guard n + m > 0 else {
      tools.say(
        "lightgbm: \(question.name) is known of no training row, so it is answered by ½ for each row"
      )
      return 0
    }
    // As first biases have it, so that no probability is 0 or 1.
    let share = min(max(Double(n) / Double(n + m), 1e-6), 1 - 1e-6)
    tools.say(
      "lightgbm: \(question.name) is there in \(n == 0 ? "none" : "all") of the \(n + m) training rows that know it, so it is answered"
        + " by its share, \(share), for each row")
    return log(share / (1 - share))
  }

  private func say(
    _ what: String, _ count: Int, _ kept: [Int], _ unended: [String], empty: Int, cut: Int
  ) {
    guard let least = kept.min(), let most = kept.max() else { return }
    let rounds = least == most ? "\(least)" : "\(least) to \(most)"
    var words =
      "lightgbm: \(kept.count) \(kept.count == 1 ? "booster" : "boosters") of \(count) \(what), \(rounds) rounds each"
    if unended.isEmpty {
      words += ", those of the smallest \(BoostingObjective.classes(2).metric) of validation"
    } else if unended.count == kept.count {
      words += "; no validation row ends them, so all rounds are kept"
    } else {
      words +=
        ", those of the smallest \(BoostingObjective.classes(2).metric) of validation; no validation row knows "
        + unended.joined(separator: ", ") + ", of which all rounds are kept"
    }
    if empty > 0 && edit.settings.draws {
      words += "; the rows and features that \(empty) more rounds drew held no split"
    }
    if cut > 0 {
      words +=
        "; \(cut) of them went through all \(edit.settings.rounds), and more may be better, with --set rounds"
    }
    tools.say(words)
  }
}

/// Both, where there are both.
private func both<A, B>(_ a: A?, _ b: B?) -> (A, B)? {
  guard let a, let b else { return nil }
  return (a, b)
}
