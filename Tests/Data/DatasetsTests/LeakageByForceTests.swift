import Datasets
import Imaging
import Randomness
import TestSupport
import Testing

/// Leaks, copies and conflicts of drawn data beside a look at all pairs.
@Suite struct LeakageByForceTests {
  /// Images of two pixels of few values, so that many are equal, with drawn labels, groups and splits.
  private func made(_ seed: Int) -> (data: Dataset, values: [[UInt8]]) {
    var random = RandomKey(seed: UInt64(seed)).folding("leaks").source
    let count = 2 + random.below(40)
    let values = (0..<count).map { _ in [UInt8(random.below(4)), UInt8(random.below(5))] }
    var pixels = PixelStore()
    let numbers = pixels.append(
      values.flatMap { $0 }, count: count, size: ImageSize(width: 2, height: 1), channels: 1)
    let examples = numbers.map { number in
      Example(
        path: "\(number)", source: .pixels(number),
        label: random.below(8) == 0 ? nil : ["a", "b", "c"][random.below(3)],
        split: random.below(6) == 0 ? nil : Split.allCases[random.below(3)],
        group: random.below(3) == 0
          ? nil : ["g10", "g9", "é", "G"][random.below(4)] + "\(number % 3)",
        file: "t.npz")
    }
    return (Dataset(name: "made", layout: .medMNIST, examples: examples, pixels: pixels), values)
  }

  @Test func setsAndGroupsAreThoseOfAllPairs() {
    for seed in 0..<80 {
      let (data, values) = made(seed)
      let survey = Survey(data, threads: 1, fingerprints: false)
      let report = LeakageReport(data, survey)
      var sets: [[Int]] = []
      for index in values.indices {
        if let place = sets.firstIndex(where: { values[$0[0]] == values[index] }) {
          sets[place].append(index)
        } else {
          sets.append([index])
        }
      }
      sets.removeAll { $0.count < 2 }
      #expect(survey.equalImages == sets, "seed \(seed)")
      #expect(report.duplicates.map { $0.copies.map(\.path) } == sets.map { $0.map { "\($0)" } })
      #expect(report.duplicates.allSatisfy { $0.kind == .bytes })
      func differ<T: Hashable>(_ set: [Int], _ what: (Example) -> T?) -> Bool {
        set.contains { one in
          set.contains { other in
            guard let a = what(data.examples[one]), let b = what(data.examples[other]) else {
              return false
            }
            return a != b
          }
        }
      }
      let leaks = sets.filter { differ($0) { $0.split } }
      #expect(report.leaks.map { $0.copies.map(\.path) } == leaks.map { $0.map { "\($0)" } })
      let conflicts = sets.filter { differ($0) { $0.label } }
      #expect(
        report.conflicts.map { $0.copies.map(\.path) } == conflicts.map { $0.map { "\($0)" } })
      var groups: [String: [String: Int]] = [:]
      for name in Set(data.examples.compactMap(\.group)) {
        for split in Split.allCases {
          let own = data.examples.count { $0.group == name && $0.split == split }
          if own > 0 { groups[name, default: [:]][split.rawValue] = own }
        }
      }
      let shared = groups.filter { $0.value.count > 1 }
      #expect(Set(report.groups.map(\.group)) == Set(shared.keys))
      #expect(report.groups.allSatisfy { shared[$0.group] == $0.examples })
      #expect(
        report.groups.map(\.group)
          == shared.keys.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
      #expect(report.isClean == (leaks.isEmpty && shared.isEmpty))
      let lines = report.description.split(separator: "\n").count
      #expect(lines == max(1, min(leaks.count + shared.count, 21)), "seed \(seed)")
    }
  }

  /// A split that is drawn here with the equal images together leaks nothing, whatever the groups and the seed.
  @Test func aDrawnSplitLeaksNothing() throws {
    for seed in 0..<60 {
      var data = made(seed).data
      for index in data.examples.indices {
        data.examples[index].split = nil
        if data.examples[index].label == nil { data.examples[index].label = "a" }
      }
      let survey = Survey(data, threads: 1, fingerprints: false)
      let drawn = try Splitter(minimum: 1 + seed % 3, key: RandomKey(seed: UInt64(seed)))
        .split(data, together: survey.equalImages).dataset
      #expect(LeakageReport(drawn, survey).isClean, "seed \(seed)")
      // A part of the data has the facts of the whole.
      var part = drawn
      part.examples = drawn.examples.filter { $0.split == .train }.reversed()
      let facts = survey.restricted(to: part, of: drawn).facts
      #expect(facts == Survey(part, threads: 1, fingerprints: false).facts)
    }
  }

  /// Of a part in another order the pairs are those whose images are both in it, and sets are chains of pairs.
  @Test func nearCopiesOfAPart() throws {
    let kinds = ["cropped", "half", "quality60", "same"]
    let examples = (0..<4).flatMap { number in
      kinds.map { kind in
        let file = "0\(number)-\(kind).\(kind == "same" ? "png" : "jpg")"
        return Example(
          path: file, source: .file(Golden.path("Datasets/Copies/\(file)")), label: "a", file: file)
      }
    }
    let whole = Dataset(name: "copies", layout: .files, examples: examples)
    let copies = NearCopies(whole, Survey(whole, threads: 1), threads: 1)
    #expect(!copies.pairs.isEmpty)
    for seed in 0..<20 {
      var random = RandomSource(seed: UInt64(seed))
      let order = Array(random.shuffle(examples.count).prefix(1 + random.below(examples.count)))
      var part = whole
      part.examples = order.map { examples[$0] }
      let found = copies.restricted(to: part, of: whole)
      let expected = copies.pairs.compactMap { pair -> [Int]? in
        guard let one = order.firstIndex(of: pair.left),
          let other = order.firstIndex(of: pair.right)
        else { return nil }
        return [min(one, other), max(one, other)]
      }
      #expect(found.pairs.map { [$0.left, $0.right] } == expected, "seed \(seed)")
      // Sets by spreading the least number along the pairs until nothing changes.
      var marks = Array(order.indices)
      for _ in marks.indices {
        for pair in expected {
          let least = min(marks[pair[0]], marks[pair[1]])
          (marks[pair[0]], marks[pair[1]]) = (least, least)
        }
      }
      let sets = order.indices.map { mark in order.indices.filter { marks[$0] == mark } }
        .filter { $0.count > 1 }
      #expect(found.sets(count: order.count) == sets, "seed \(seed)")
    }
    #expect(NearCopies.none.sets(count: 3).isEmpty)
  }
}
