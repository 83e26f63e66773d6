import Files
import Foundation
import Randomness
import TestSupport
import Testing

/// What `decide` says and stores where validation contradicts the class shares that training drew.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct DecideSharesTests {
  /// 400 images of the shares .3, .6, .1, which training drew as .33, .54, .13; scores of the true class 1.1 higher, judged
  /// as if classes had the shares of `prior`.
  private func table(speaking prior: [Double]) -> String {
    var random = RandomKey(seed: 2).source
    let names = ["blood", "clear", "polyp"]
    let rows = (0..<400).map { row -> String in
      let place = random.uniform()
      let truth = place < 0.3 ? 0 : place < 0.9 ? 1 : 2
      let weights = (0..<3).map { index -> Double in
        prior[index] * exp(1.1 * (random.normal() + (index == truth ? 1.1 : 0)))
      }
      let sum = weights.reduce(0, +)
      let said = weights.firstIndex(of: weights.max() ?? 0) ?? 0
      let shares = weights.map { "\($0 / sum)" }.joined(separator: ",")
      return "images/val/\(row).png,\(names[truth]),\(names[said]),\(shares),p\(row)\n"
    }
    return "path,y_true,y_pred,prob_blood,prob_clear,prob_polyp,group\n" + rows.joined()
  }

  private func decided(speaking prior: [Double]) throws -> (words: String, rule: String) {
    try withTemporaryFolder { folder in
      try OldRun.copy(into: folder)
      try AtomicFile.write(table(speaking: prior), to: folder + "/run/predictions-val.csv")
      let found = try Programme.run(["decide", "run"], in: folder)
      #expect(found.status == 0, "\(found.errors)")
      let rule = try FileBytes.read(folder + "/run/decision.json")
      return (found.output, String(decoding: rule, as: UTF8.self))
    }
  }

  @Test func equalSharesAreUndone() throws {
    let found = try decided(speaking: [1, 1, 1])
    #expect(found.words.contains("after equal class shares were undone"), "\(found.words)")
    #expect(
      found.words.contains(
        "validation fits equal class shares better than those that training drew"))
    #expect(found.rule.contains("0.333333"))
  }

  @Test func sharesThatFitAreUndoneWithoutAWord() throws {
    let found = try decided(speaking: [0.33, 0.54, 0.13])
    #expect(
      found.words.contains("after the class shares that training saw were undone"),
      "\(found.words)")
    #expect(!found.words.contains("validation fits equal"))
  }
}
