import Curation
import Randomness

/// A part of the data kept by a score, with the scores that it is kept by.
struct ScoredPart {
  let paths: [String]
  let labels: [String?]
  let splits: [String?]
  let scores: [Double]
  let sample: InfluenceSample
  /// Which end of the score is hard.
  let hardEnd: ScoreTable.HardEnd
  /// Whether that was taken from the name of the column, or told.
  let isEndKnown: Bool
  private let flags: InfluenceFlags

  /// - Throws: `FileError` and `CurationError`.
  init(_ input: CurationInput, _ flags: InfluenceFlags, seed: UInt64) throws {
    let table = try ScoreTable(
      flags.scores ?? "", column: flags.scoreColumn ?? "", epochs: flags.lastEpoch)
    (paths, labels, splits) = (input.paths, input.labels, input.splits)
    self.flags = flags
    scores = try table.scores(of: paths)
    hardEnd = flags.hardIs ?? table.hardEnd ?? .high
    isEndKnown = flags.hardIs != nil || table.hardEnd != nil
    let rule = flags.rule
    let known = labels.compactMap(\.self)
    if known.count < labels.count, !known.isEmpty || rule.scale == .perClass || rule.floor > 0 {
      let place = labels.firstIndex { $0 == nil } ?? 0
      throw CurationError.noClass(
        path: paths[place],
        why: known.isEmpty ? "--within class or --class-floor" : "the table of what classes lose")
    }
    sample = try InfluenceSample(
      scores, hardEnd: hardEnd, labels: known.isEmpty ? nil : known, rule: rule,
      key: RandomKey(seed: seed).folding("curate"))
  }

  /// A part in numbers: `curation.json`.
  struct Summary: Codable, Equatable {
    var rows: Int
    var kept: Int
    var score: String
    var hardIs: ScoreTable.HardEnd
    var end: InfluenceRule.End
    var within: InfluenceRule.Scale
    var draw: InfluenceRule.Draw
    var classes: [InfluenceSample.ClassRow]

    private enum CodingKeys: String, CodingKey {
      case rows, kept, score, end, within, draw, classes
      case hardIs = "hard_is"
    }
  }

  var summary: Summary {
    let rule = flags.rule
    return Summary(
      rows: paths.count, kept: sample.count, score: flags.scoreColumn ?? "", hardIs: hardEnd,
      end: rule.end, within: rule.scale, draw: rule.draw, classes: sample.classes)
  }
}
