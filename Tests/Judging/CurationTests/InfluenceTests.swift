import Curation
import Files
import Foundation
import Randomness
import TestSupport
import Testing

@Suite struct InfluenceTests {
  /// 700, 200 and 100 rows of three classes; the rarer the harder, by half a standard deviation each.
  private func world(_ seed: UInt64) -> (scores: [Double], labels: [String]) {
    var source = RandomKey(seed: seed).source
    var (scores, labels): ([Double], [String]) = ([], [])
    for (place, one) in [("common", 700), ("middle", 200), ("rare", 100)].enumerated() {
      for _ in 0..<one.1 {
        scores.append(Double(place) / 2 + source.normal())
        labels.append(one.0)
      }
    }
    return (scores, labels)
  }

  private func sample(
    _ scores: [Double], _ labels: [String]?, keep: Double = 0.5,
    _ change: (inout InfluenceRule) -> Void = { _ in }
  ) throws(CurationError) -> InfluenceSample {
    var rule = InfluenceRule(keep: keep)
    rule.mostLost = 1
    change(&rule)
    return try InfluenceSample(
      scores, hardEnd: .high, labels: labels, rule: rule, key: RandomKey(seed: 1))
  }

  /// A cut over the set keeps exactly the rows beyond the median score.
  @Test func aHardCutIsTheTop() throws {
    let (scores, labels) = world(1)
    let kept = try sample(scores, labels) { ($0.end, $0.scale) = (.hard, .perSet) }
    let median = scores.sorted()[500]
    #expect(kept.count == 500)
    #expect(scores.indices.allSatisfy { kept.isKept[$0] == (scores[$0] >= median) })
    let easy = try sample(scores, labels) { ($0.end, $0.scale) = (.easy, .perSet) }
    #expect(scores.indices.allSatisfy { easy.isKept[$0] != kept.isKept[$0] })
  }

  /// Easy rows over the set cost the rare class more than a random part; within classes they do not.
  @Test func whatTheRareClassLoses() throws {
    let (scores, labels) = world(2)
    func rare(_ scale: InfluenceRule.Scale) throws -> InfluenceSample.ClassRow? {
      try sample(scores, labels) { $0.scale = scale }.classes.first { $0.name == "rare" }
    }
    let (perSet, perClass) = (try rare(.perSet), try rare(.perClass))
    #expect((perSet?.lost ?? 0) > (perSet?.lostAtRandom ?? 1) + 0.15)
    #expect(abs((perClass?.lost ?? 0) - 0.5) < 0.1)
  }

  @Test func floorsHold() throws {
    let (scores, labels) = world(3)
    let kept = try sample(scores, labels, keep: 0.2) {
      ($0.scale, $0.floor) = (.perSet, 60)
    }
    #expect(kept.classes.allSatisfy { $0.kept >= 60 && $0.keptAtRandom >= 60 })
    #expect(kept.classes.reduce(0) { $0 + $1.kept } == 200)
    #expect(throws: CurationError.floorsTooHigh(floors: 210, kept: 200)) {
      try sample(scores, labels, keep: 0.2) { $0.floor = 70 }
    }
  }

  /// A class that nearly vanishes is an error with its name, unless it is allowed.
  @Test func noClassIsLostInSilence() throws {
    let labels = [String](repeating: "a", count: 90) + [String](repeating: "b", count: 10)
    let scores = (0..<100).map(Double.init)
    #expect(throws: CurationError.losesTooMuch(label: "b", lost: 1, most: 0.75)) {
      try sample(scores, labels) { ($0.scale, $0.mostLost) = (.perSet, nil) }
    }
    let allowed = try sample(scores, labels) { $0.scale = .perSet }
    #expect(allowed.classes.first?.name == "b" && allowed.classes.first?.kept == 0)
  }

  /// Chances rise with the score: over many draws about in proportion, and all rows have one.
  @Test func aDrawInProportion() throws {
    let scores = (0..<200).map(Double.init)
    var counts = [Int](repeating: 0, count: 200)
    var rule = InfluenceRule(keep: 0.05)
    (rule.end, rule.scale, rule.draw, rule.epsilon) = (.hard, .perSet, .proportional, 0.1)
    for seed in UInt64(1)...2000 {
      let kept = try InfluenceSample(
        scores, hardEnd: .high, labels: nil, rule: rule, key: RandomKey(seed: seed))
      for row in 0..<200 where kept.isKept[row] { counts[row] += 1 }
    }
    let (low, high) = (counts[..<20].reduce(0, +), counts[180...].reduce(0, +))
    // Mean chances of the ends: 0.1 + 0.9 · 9.5/199 and 0.1 + 0.9 · 189.5/199, a ratio of 6.7; less, for without replacement.
    let ratio = Double(high) / Double(low)
    #expect(ratio > 5 && ratio < 8, "\(ratio)")
    #expect(counts.reduce(0, +) == 20_000)
    #expect(counts.allSatisfy { $0 > 0 })
  }

  /// The control has nothing to do with the score: of scores that go by place, the mean of those kept is that of all.
  @Test func theControlIsRandom() throws {
    let scores = (0..<1000).map(Double.init)
    let kept = try sample(scores, nil) { ($0.scale, $0.draw) = (.perSet, .random) }
    let chosen = scores.indices.filter { kept.isKept[$0] }
    let mean = chosen.reduce(0.0) { $0 + scores[$1] } / Double(chosen.count)
    // The standard error is 288.7 / √500 · √½ = 9.1.
    #expect(abs(mean - 499.5) < 40)
    #expect(chosen != Array(0..<500))
    let again = try sample(scores, nil) { ($0.scale, $0.draw) = (.perSet, .random) }
    #expect(kept == again)
  }

  /// Equal scores are not kept in the order of the file.
  @Test func tiesAreDrawn() throws {
    let kept = try sample([Double](repeating: 1, count: 100), nil) { $0.scale = .perSet }
    let first = kept.isKept[..<50].count { $0 }
    #expect(first > 10 && first < 40)
  }

  @Test func classesAreNeeded() throws {
    #expect(throws: CurationError.noClass(path: "the set", why: "--within class")) {
      try sample([1, 2], nil)
    }
    let expected = "a share from 0 to 1"
    #expect(throws: CurationError.outOfRange(name: "most lost", value: 2, expected: expected)) {
      try sample([1, 2], ["a", "b"]) { $0.mostLost = 2 }
    }
    #expect(try sample([1, 2], ["a", "b"], keep: 1) { $0.mostLost = 0 }.count == 2)
    #expect(throws: CurationError.badShare(name: "keep", value: 1.5)) {
      try sample([1, 2], ["a", "b"], keep: 1.5)
    }
  }

  /// Mean margin, mean EL2N and forgetting of a table such as a run writes, beside NumPy's.
  @Test func scoresOfRecords() throws {
    let golden = try Golden.load("Curation/scores.json", as: [String: [String: Double]].self)
    let file = Golden.path("Curation/scores.csv")
    let cases: [(String, Int?, String, ScoreTable.HardEnd)] = [
      ("aum", nil, "aum", .low), ("el2n", nil, "el2n", .high),
      ("el2n", 2, "el2n of two epochs", .high), ("forgetting", nil, "forgetting", .high),
    ]
    for (column, epochs, name, end) in cases {
      let table = try ScoreTable(file, column: column, epochs: epochs)
      let expected = golden[name] ?? [:]
      let paths = expected.keys.sorted()
      let scores = try table.scores(of: paths)
      #expect(difference(scores, paths.map { expected[$0] ?? .nan }, relative: 1e-12) == nil)
      #expect(table.hardEnd == end)
    }
    #expect(
      throws: CurationError.noColumn("el3n", file: file, nearest: "el2n")
    ) { try ScoreTable(file, column: "el3n") }
    let table = try ScoreTable(file, column: "aum")
    #expect(throws: CurationError.noScore(path: "new.png", file: file, missing: 1)) {
      try table.scores(of: ["1.png", "new.png"])
    }
  }

  /// Which end of each column of an audit's `hard.csv` is hard is known by its name; of another name it is not.
  @Test func endsAreKnownByName() throws {
    let ends: [(String, ScoreTable.HardEnd?)] = [
      ("pvi", .low), ("aum", .low), ("vog", .high), ("grand", .high), ("tracin", .high),
      ("pvi_rank", .low), ("vog_rank", .low), ("hardness", .high), ("label_score", .low),
      ("outlier_score", .high), ("doubt", nil), ("doubt_rank", nil),
    ]
    try withTemporaryFolder { folder in
      try AtomicFile.write(
        "path," + ends.map(\.0).joined(separator: ",") + "\na.png"
          + String(repeating: ",1", count: ends.count) + "\n", to: folder + "/hard.csv")
      for (column, end) in ends {
        let found = try ScoreTable(folder + "/hard.csv", column: column).hardEnd
        #expect(found == end, "\(column)")
      }
    }
  }

  /// An epoch that is no number is not counted in silence; one that is written with a point is a number.
  @Test func epochsMustBeNumbers() throws {
    try withTemporaryFolder { folder in
      let file = folder + "/scores.csv"
      try AtomicFile.write("path,epoch,loss\na,1.0,3\na,2.0,9\na,,5\n", to: file)
      #expect(throws: CurationError.notANumber(file: file, line: 4, column: "epoch", text: "")) {
        try ScoreTable(file, column: "loss", epochs: 1)
      }
      #expect(try ScoreTable(file, column: "loss").scores == ["a": 17.0 / 3])
      try AtomicFile.write("path,epoch,loss\na,1.0,3\na,2.0,9\n", to: file)
      #expect(try ScoreTable(file, column: "loss", epochs: 1).scores == ["a": 3])
    }
  }
}
