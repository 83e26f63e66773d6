import Datasets
import Randomness
import TestSupport
import Testing

@Suite struct GroupTableTests {
  private struct Made {
    var data: Dataset
    var together: [[Int]]

    /// Up to 60 images in random groups, and random sets of equal ones across the groups.
    init(seed: Int) {
      var random = RandomKey(seed: UInt64(seed)).folding("made").source
      let count = 2 + random.below(59)
      let groups = 1 + random.below(30)
      data = Dataset(name: "made", layout: .manifest, examples: [])
      for number in 0..<count {
        data.examples.append(
          Example(
            path: "\(number).png", source: .pixels(0), label: "c\(random.below(3))",
            group: random.below(3) == 0 ? nil : "g\(random.below(groups))", file: "t.csv"))
      }
      let order = random.shuffle(count)
      let sets = random.below(1 + count / 4)
      together = (0..<sets).map { set in Array(order[(2 * set)..<min(count, 2 * set + 3)]) }
    }

    /// The same with the rows in another order.
    func permuted(_ seed: Int) -> Made {
      var random = RandomKey(seed: UInt64(seed)).folding("permuted").source
      let order = random.shuffle(data.examples.count)
      var place = [Int](repeating: 0, count: order.count)
      for (new, old) in order.enumerated() { place[old] = new }
      var result = self
      result.data.examples = order.map { data.examples[$0] }
      result.together = together.map { $0.map { place[$0] } }
      return result
    }

    /// The components by spreading the smallest number until nothing changes.
    var components: Set<Set<Int>> {
      var mark = Array(data.examples.indices)
      var links = together
      links +=
        Dictionary(grouping: mark.filter { data.examples[$0].group != nil }) {
          data.examples[$0].group
        }.values
      var changed = true
      while changed {
        changed = false
        for link in links {
          let least = link.map { mark[$0] }.min() ?? 0
          for index in link where mark[index] != least {
            mark[index] = least
            changed = true
          }
        }
      }
      return Set(Dictionary(grouping: mark.indices) { mark[$0] }.values.map(Set.init))
    }
  }

  private func places(_ data: Dataset) -> [String: Split?] {
    Dictionary(uniqueKeysWithValues: data.examples.map { ($0.path, $0.split) })
  }

  @Test func groupsAndEqualImagesAreJoinedAndNothingElse() {
    for seed in 0..<200 {
      let made = Made(seed: seed)
      let table = GroupTable(
        Array(made.data.examples.indices), of: made.data, together: made.together)
      #expect(Set(table.members.map(Set.init)) == made.components, "seed \(seed)")
      #expect(table.members.joined().count == made.data.examples.count, "seed \(seed)")
    }
  }

  @Test func setsReachingOutsideThePartAreCutToIt() {
    var data = Fixture.dataset([[4]], grouped: false)
    data.examples[3].group = "g"
    let table = GroupTable([0, 2, 3], of: data, together: [[0, 1, 2], [1, 3]])
    #expect(table.members == [[0, 2], [3]])
  }

  @Test func noSplitPartsThemAndEveryShortageIsSaid() throws {
    for seed in 0..<100 {
      let made = Made(seed: seed)
      let minimum = 1 + seed % 3
      let result = try Splitter(minimum: minimum, key: RandomKey(seed: UInt64(seed)))
        .split(made.data, together: made.together)
      let examples = result.dataset.examples
      for component in made.components {
        #expect(Set(component.map { examples[$0].split }).count == 1, "seed \(seed)")
      }
      let labels = Set(examples.compactMap(\.label))
      let short = labels.filter { label in
        Split.allCases.contains { split in
          examples.count { $0.label == label && $0.split == split } < minimum
        }
      }
      #expect(result.statements.count { $0.isWarning } == short.count, "seed \(seed)")
      #expect(Set(examples.filter { $0.split == .train }.compactMap(\.label)) == labels)
    }
  }

  @Test func theOrderOfTheRowsChangesNothing() throws {
    for seed in 0..<40 {
      let made = Made(seed: seed)
      let permuted = made.permuted(seed)
      let splitter = Splitter(key: RandomKey(seed: UInt64(seed)))
      let first = try splitter.split(made.data, together: made.together)
      let second = try splitter.split(permuted.data, together: permuted.together)
      #expect(places(first.dataset) == places(second.dataset), "seed \(seed)")
      #expect(first.statements == second.statements, "seed \(seed)")
      let key = RandomKey(seed: UInt64(seed))
      #expect(
        Set(try made.data.longTailed(imbalance: 5, key: key).examples.map(\.path))
          == Set(try permuted.data.longTailed(imbalance: 5, key: key).examples.map(\.path)))
    }
  }
}
