import Curation
import Files
import Randomness
import TestSupport
import Testing

/// Parts that are kept by a score beside a search through all parts of that size.
@Suite struct InfluenceExhaustiveTests {
  private struct World {
    var scores: [Double]
    var labels: [String]

    init(seed: UInt64) {
      var source = RandomKey(seed: seed).folding("parts").source
      let rows = 3 + source.below(6)
      // Different whole numbers: no two rows are equal, and sums are exact.
      scores = source.shuffle(40).prefix(rows).map { Double($0) - 20 }
      labels = (0..<rows).map { _ in ["a", "b", "c"][source.below(3)] }
    }
  }

  private func rule(
    _ keep: Double, floor: Int, end: InfluenceRule.End, scale: InfluenceRule.Scale = .perSet
  ) -> InfluenceRule {
    var rule = InfluenceRule(keep: keep)
    (rule.floor, rule.end, rule.scale, rule.mostLost) = (floor, end, scale, 1)
    return rule
  }

  /// Of all parts of n rows that have the floor of every class, the one kept is the hardest, or the easiest.
  @Test(arguments: UInt64(1)...12) func noPartIsHarder(seed: UInt64) throws {
    let world = World(seed: seed)
    let rows = world.scores.count
    let counts = Dictionary(grouping: world.labels) { $0 }.mapValues(\.count)
    for n in 1...rows {
      for floor in 0...3 {
        let floors = counts.values.reduce(0) { $0 + min(floor, $1) }
        let keep = Double(n) / Double(rows)
        for end in InfluenceRule.End.allCases {
          for hardEnd in ScoreTable.HardEnd.allCases {
            let sample = { () throws(CurationError) in
              try InfluenceSample(
                world.scores, hardEnd: hardEnd, labels: world.labels,
                rule: self.rule(keep, floor: floor, end: end), key: RandomKey(seed: seed))
            }
            guard floors <= n else {
              #expect(throws: CurationError.floorsTooHigh(floors: floors, kept: n)) {
                try sample()
              }
              continue
            }
            let isHigh = (hardEnd == .high) == (end == .hard)
            var best = (sum: -Double.infinity, part: 0)
            for part in 0..<(1 << rows) where part.nonzeroBitCount == n {
              let own = (0..<rows).filter { part >> $0 & 1 == 1 }
              var left = counts.mapValues { min(floor, $0) }
              for row in own { left[world.labels[row], default: 0] -= 1 }
              guard left.values.allSatisfy({ $0 <= 0 }) else { continue }
              let sum = own.reduce(0.0) { $0 + world.scores[$1] } * (isHigh ? 1 : -1)
              if sum > best.sum { best = (sum, part) }
            }
            let found = try sample()
            #expect(found.count == n)
            #expect(found.isKept == (0..<rows).map { best.part >> $0 & 1 == 1 })
          }
        }
      }
    }
  }

  /// z-scores of a class, or of all: mean 0 and deviation 1, hard upwards, whatever the unit of the scores.
  @Test(arguments: UInt64(1)...6) func scoresAreStandardized(seed: UInt64) throws {
    let world = World(seed: seed)
    for scale in InfluenceRule.Scale.allCases {
      func sample(
        _ scores: [Double], _ end: ScoreTable.HardEnd
      ) throws(CurationError) -> InfluenceSample {
        try InfluenceSample(
          scores, hardEnd: end, labels: world.labels,
          rule: rule(0.5, floor: 0, end: .hard, scale: scale), key: RandomKey(seed: 1))
      }
      let plain = try sample(world.scores, .high)
      let sets: [Set<String>] =
        scale == .perSet ? [Set(world.labels)] : Set(world.labels).map { Set([$0]) }
      for names in sets {
        let own = world.labels.indices.filter { names.contains(world.labels[$0]) }
        let z = own.map { plain.hardness[$0] }
        #expect(abs(z.reduce(0, +)) < 1e-9)
        let square = z.reduce(0) { $0 + $1 * $1 } / Double(z.count)
        #expect(close(square, own.count > 1 ? 1 : 0, relative: 1e-9))
        for (a, b) in zip(own, own.dropFirst()) {
          #expect((plain.hardness[a] < plain.hardness[b]) == (world.scores[a] < world.scores[b]))
        }
      }
      let moved = try sample(world.scores.map { 4 * $0 + 32 }, .high)
      #expect(difference(moved.hardness, plain.hardness, relative: 1e-9, absolute: 1e-12) == nil)
      let low = try sample(world.scores.map { -$0 }, .low)
      #expect(low.hardness == plain.hardness && low.isKept == plain.isKept)
    }
  }

  /// Scores that are all alike say nothing, though their mean may be another number: three times 0.1 sum to 0.30000000000000004.
  @Test func scoresThatDoNotVary() throws {
    let scores = [0.1, 0.1, 0.1, 1, 2, 3, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7]
    let labels = [Int](0..<13).map { $0 < 3 ? "a" : $0 < 6 ? "b" : "c" }
    let found = try InfluenceSample(
      scores, hardEnd: .high, labels: labels,
      rule: rule(0.5, floor: 0, end: .easy, scale: .perClass), key: RandomKey(seed: 1))
    for row in [0, 1, 2] + Array(6..<13) { #expect(found.hardness[row] == 0, "row \(row)") }
    // Easy rows first: the one below its class, and then rows of all constant classes by draw.
    #expect(found.isKept[3] && !found.isKept[5])
    let all = try InfluenceSample(
      [Double](repeating: 0.1, count: 3), hardEnd: .low, labels: nil,
      rule: rule(0.5, floor: 0, end: .hard), key: RandomKey(seed: 1))
    #expect(all.hardness == [0, 0, 0])
  }

  /// What each class loses beside counts; an error just where one loses more than is allowed.
  @Test(arguments: UInt64(1)...10) func lossesAreCounted(seed: UInt64) throws {
    let world = World(seed: seed)
    let counts = Dictionary(grouping: world.labels) { $0 }.mapValues(\.count)
    for allowed in [0, 0.25, 0.5, 0.75, 1] {
      var rule = rule(0.6, floor: 0, end: .hard)
      let free = try InfluenceSample(
        world.scores, hardEnd: .high, labels: world.labels, rule: rule, key: RandomKey(seed: 3))
      for row in free.classes {
        let own = world.labels.indices.filter { world.labels[$0] == row.name }
        #expect(row.before == counts[row.name] && row.kept == own.count { free.isKept[$0] })
        #expect(close(row.lost, 1 - Double(row.kept) / Double(row.before), relative: 1e-12))
      }
      #expect(free.classes.reduce(0) { $0 + $1.keptAtRandom } == free.count)
      let losses = free.classes.map(\.lost)
      #expect(losses == losses.sorted(by: >))
      rule.mostLost = allowed
      let most = losses.max() ?? 0
      if most > allowed + 1e-9 {
        let error = #expect(throws: CurationError.self) {
          try InfluenceSample(
            world.scores, hardEnd: .high, labels: world.labels, rule: rule,
            key: RandomKey(seed: 3))
        }
        guard case .losesTooMuch(let label, let lost, let bound) = error else {
          Issue.record("expected a class that loses too much, got \(error as Any)")
          continue
        }
        #expect(label == free.classes[0].name && close(lost, most) && bound == allowed)
      } else {
        let kept = try InfluenceSample(
          world.scores, hardEnd: .high, labels: world.labels, rule: rule, key: RandomKey(seed: 3))
        #expect(kept == free)
      }
    }
  }

  /// Both tables of names that hold separators; without parts of the data no column says so.
  @Test func tablesComeBack() throws {
    let names = ["a,b", "say \"x\"", "zwei\nZeilen", "猫"]
    let labels = ["x,1", "\"y\"", "x,1", "x,1"]
    let scores = [0.5, -1, 2, 1e-20]
    let found = try InfluenceSample(
      scores, hardEnd: .low, labels: labels,
      rule: rule(0.75, floor: 1, end: .hard), key: RandomKey(seed: 1))
    for splits in [[nil, nil, nil, nil], ["train", nil, "val", "test"]] as [[String?]] {
      try withTemporaryFolder { folder in
        try found.writeRows(
          to: folder + "/curation.csv", paths: names, labels: labels, splits: splits,
          scores: scores)
        var reader = try DelimitedReader(path: folder + "/curation.csv")
        let parts = splits[0] == nil ? [] : ["split"]
        #expect(
          reader.columns
            == ["path", "given"] + parts + ["score", "hardness", "selected", "accept", "label"])
        for row in 0..<4 {
          let line = try #require(try reader.next())
          let cells = Dictionary(uniqueKeysWithValues: zip(reader.columns, line.fields))
          #expect(cells["path"] == names[row] && cells["given"] == labels[row])
          #expect(Double(cells["score"] ?? "") == scores[row])
          #expect(Double(cells["hardness"] ?? "") == found.hardness[row])
          #expect(cells["selected"] == (found.isKept[row] ? "1" : "0"))
          if splits[0] != nil { #expect(cells["split"] == splits[row] ?? "") }
        }
        // What is accepted where nobody has answered is what was selected, with its class and part.
        let answers = try CurationAnswers(folder + "/curation.csv")
        let kept = (0..<4).filter { found.isKept[$0] }
        #expect(answers.accepted.map(\.path) == kept.map { names[$0] })
        #expect(answers.labelled.compactMap(\.label) == kept.map { labels[$0] })
        #expect(answers.accepted.map(\.split) == kept.map { splits[$0] })
        try found.writeClasses(to: folder + "/classes.csv")
        var classes = try DelimitedReader(path: folder + "/classes.csv")
        for row in found.classes {
          let fields = try #require(try classes.next()).fields
          #expect(fields[0] == row.name && Int(fields[1]) == row.before)
          #expect(Int(fields[2]) == row.kept && Double(fields[3]) == row.lost)
          #expect(Int(fields[4]) == row.keptAtRandom && Double(fields[5]) == row.lostAtRandom)
        }
      }
    }
  }
}
