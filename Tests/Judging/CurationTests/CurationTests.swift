import Audit
import Curation
import Files
import Randomness
import TestSupport
import Testing

@Suite struct CurationTests {
  private func curation(
    _ world: ModesWorld, seed: UInt64, _ change: (inout CurationSettings) -> Void = { _ in }
  ) throws -> Curation {
    var settings = CurationSettings()
    change(&settings)
    return try Curation(
      CurationRows(world.table()), settings: settings, key: RandomKey(seed: seed),
      products: PlainProducts())
  }

  @Test func binsAreOfEqualSize() {
    for rows in 0...40 {
      let bins = DistanceBins(rows: rows, count: 5)
      let sizes = (0..<bins.count).map { bins[$0].count }
      #expect(sizes.reduce(0, +) == rows)
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
      #expect(bins.count == max(1, min(5, rows)))
    }
  }

  @Test func rulesTakeWhatTheySay() {
    let fraction = SelectionRule.fractionWithFloor(0.2)
    #expect([1, 4, 5, 9, 10, 100].map(fraction.taken) == [1, 1, 1, 1, 2, 20])
    #expect([1, 2, 50].map(SelectionRule.quota(3).taken) == [1, 2, 3])
  }

  /// Every bin of every cluster is sampled, by the number that the rule says.
  @Test func everyBinIsSampled() throws {
    let chosen = try curation(ModesWorld(seed: 1), seed: 1) { $0.copyDistance = nil }
    for cluster in chosen.clusters.clusters {
      let bins = Dictionary(grouping: cluster.rows) { chosen.bins[$0] ?? 0 }
      #expect(bins.count == min(5, cluster.rows.count))
      for rows in bins.values {
        #expect(rows.count(where: chosen.isSelected) == max(1, rows.count / 5))
      }
      // From the centre outwards.
      let order = cluster.rows.map { chosen.bins[$0] ?? 0 }
      #expect(order == order.sorted())
    }
    let all = chosen.clusters.clusters.flatMap(\.rows).sorted()
    #expect(all == Array(0..<1077))
  }

  /// 20 worlds: more rare rows and more kinds than a random draw of the same size; gone where features are of other rows.
  @Test func rareKindsAreFound() throws {
    var (found, random, permuted) = (0.0, 0.0, 0.0)
    var (kinds, randomKinds) = (0, 0)
    for seed in UInt64(1)...20 {
      let world = ModesWorld(seed: seed)
      let chosen = try curation(world, seed: seed).selected
      var source = RandomKey(seed: seed).folding("control").source
      let control = Array(source.shuffle(world.kinds.count).prefix(chosen.count))
      let mixed = ModesWorld(seed: seed, permuted: true)
      let wrong = try curation(mixed, seed: seed).selected
      found += Double(world.rare(among: chosen)) / Double(chosen.count)
      random += Double(world.rare(among: control)) / Double(control.count)
      permuted += Double(mixed.rare(among: wrong)) / Double(wrong.count)
      kinds += world.kinds(among: chosen)
      randomKinds += world.kinds(among: control)
    }
    #expect(found >= 1.5 * random, "\(found) against \(random)")
    #expect(permuted <= 1.25 * random, "\(permuted) against \(random)")
    #expect(kinds >= 115 && kinds > randomKinds, "\(kinds) and \(randomKinds)")
  }

  /// A fraction without over-clustering keeps the shares of the population; a quota does not.
  @Test func whatRebalances() throws {
    let world = ModesWorld(seed: 7)
    let population = Double(world.rare(among: Array(world.kinds.indices))) / 1077
    func share(_ rule: SelectionRule, _ count: ClusterCount) throws -> Double {
      let chosen = try curation(world, seed: 7) { ($0.rule, $0.clusters) = (rule, count) }.selected
      return Double(world.rare(among: chosen)) / Double(chosen.count)
    }
    let plain = try share(.fractionWithFloor(0.2), .fixed(1))
    let quota = try share(.quota(2), .squareRoot)
    #expect(plain < 1.5 * population, "\(plain) of \(population)")
    #expect(quota > 1.5 * population, "\(quota) of \(population)")
  }

  @Test func sameSeedSameRows() throws {
    let world = ModesWorld(seed: 2)
    let (one, again, other) = (
      try curation(world, seed: 1), try curation(world, seed: 1), try curation(world, seed: 2)
    )
    #expect(one.selected == again.selected)
    #expect(one.selected != other.selected)
    try withTemporaryFolder { folder in
      try one.writeRows(to: folder + "/a.csv")
      try again.writeRows(to: folder + "/b.csv")
      let (a, b) = (try FileBytes.read(folder + "/a.csv"), try FileBytes.read(folder + "/b.csv"))
      #expect(a == b)
    }
  }

  @Test func groupsAreClusteredByThemselves() throws {
    let world = ModesWorld(seed: 3)
    let groups = world.kinds.indices.map { $0 < 5 ? "tiny" : $0 % 2 == 0 ? "even" : "odd" }
    let chosen = try Curation(
      CurationRows(world.table(), groups: groups), key: RandomKey(seed: 1),
      products: PlainProducts())
    #expect(chosen.clusters.leftOut == [GroupClusters.Leftover(name: "tiny", rows: 5)])
    #expect(chosen.selected.allSatisfy { groups[$0] != "tiny" })
    #expect(chosen.why(0) == "group tiny is too small")
    for cluster in chosen.clusters.clusters {
      #expect(Set(cluster.rows.map { groups[$0] }) == [cluster.group])
    }
    // What is drawn of a group does not depend on the others' clusters.
    #expect(Set(chosen.clusters.clusters.map(\.group)) == ["even", "odd"])
  }

  @Test func patientsAreCapped() throws {
    let world = ModesWorld(seed: 4)
    let patients = world.kinds.indices.map { $0 % 10 == 0 ? "p\($0 % 3)" : Optional("q\($0)") }
    func most(_ cap: Int?) throws -> Int {
      var settings = CurationSettings()
      settings.mostOfPatient = cap
      let chosen = try Curation(
        CurationRows(world.table(), patients: patients), settings: settings,
        key: RandomKey(seed: 1), products: PlainProducts())
      let counts = Dictionary(grouping: chosen.selected) { patients[$0] ?? "" }
      #expect((chosen.passedOver > 0) == (cap != nil))
      return counts.values.map(\.count).max() ?? 0
    }
    let (capped, free) = (try most(2), try most(nil))
    #expect(capped == 2 && free > 2)
  }

  /// Twenty copies of one row: none but the first may be chosen.
  @Test func nearCopiesAreLeftOut() throws {
    let world = ModesWorld(seed: 5)
    let width = ModesWorld.width
    let copy = world.features[0..<width].map { $0 + 1e-4 }
    let table = try FeatureTable(
      paths: (0..<1097).map { "row-\($0)" },
      values: world.features + (0..<20).flatMap { _ in copy }, width: width)
    let chosen = try Curation(
      CurationRows(table), key: RandomKey(seed: 1), products: PlainProducts())
    #expect(chosen.copies.count == 20 && chosen.nearCopies == 20)
    #expect(chosen.selected.allSatisfy { $0 < 1077 })
    #expect(chosen.why(1080) == "near copy of row-0")
  }

  /// Rows of a group that is left out are nobody's originals: the first that is clustered stands for its like, and only rows
  /// that are not chosen for it count as copies.
  @Test func copiesOfWhatIsLeftOutHaveAnother() throws {
    let world = ModesWorld(seed: 5)
    let width = ModesWorld.width
    let copies = (0..<3).flatMap { _ in world.features[0..<width].map { $0 + 1e-4 } }
    let table = try FeatureTable(
      paths: (0..<1080).map { "row-\($0)" }, values: world.features + copies, width: width)
    let groups = (0..<1080).map { $0 < 3 ? "tiny" : "large" }
    let chosen = try Curation(
      CurationRows(table, groups: groups), key: RandomKey(seed: 1), products: PlainProducts())
    #expect(chosen.copies.originals[1077...] == [0, 0, 0])
    #expect(chosen.why(0) == "group tiny is too small")
    #expect(chosen.bins[1077] != nil)
    for row in [1078, 1079] {
      #expect(chosen.why(row) == "near copy of row-1077" && !chosen.isSelected(row))
    }
    #expect(chosen.copies.count == 3 && chosen.nearCopies == 2 && chosen.summary.nearCopies == 2)
  }

  @Test func mistakesAreNamed() throws {
    #expect(throws: CurationError.noRows("x.npz")) {
      try FeatureTable(paths: [], values: [], width: 2, name: "x.npz")
    }
    #expect(throws: CurationError.repeated(path: "a")) {
      try FeatureTable(paths: ["a", "a"], values: [1, 2], width: 1)
    }
    #expect(throws: CurationError.notFinite(path: "b", column: 1)) {
      try FeatureTable(paths: ["a", "b"], values: [1, 2, 3, .nan], width: 2)
    }
    let world = ModesWorld(seed: 1)
    #expect(throws: CurationError.tooManyClusters(asked: 2000, rows: 1077, group: "all")) {
      try curation(world, seed: 1) { $0.clusters = .fixed(2000) }
    }
    #expect(throws: CurationError.noLargeGroup(least: 5000, largest: 1077)) {
      try curation(world, seed: 1) { $0.leastGroup = 5000 }
    }
    #expect(throws: CurationError.negative(name: "spread", value: -1)) {
      try curation(world, seed: 1) { $0.spread = -1 }
    }
    #expect(throws: CurationError.negative(name: "distance of near copies", value: -0.5)) {
      try curation(world, seed: 1) { $0.copyDistance = -0.5 }
    }
    // What is refused is outside the range that is named.
    let expected = "a share above 0.5 and up to 1"
    #expect(throws: CurationError.outOfRange(name: "purity", value: 0.5, expected: expected)) {
      try curation(world, seed: 1) { $0.purity = 0.5 }
    }
    #expect(
      "\(CurationError.outOfRange(name: "purity", value: 0.5, expected: expected))"
        == "purity: expected a share above 0.5 and up to 1, got 0.5")
    #expect(throws: CurationError.badShare(name: "fraction", value: 0)) {
      try curation(world, seed: 1) { $0.rule = .fractionWithFloor(0) }
    }
    #expect(
      "\(CurationError.tooManyClusters(asked: 9, rows: 3, group: "slide 1"))"
        == "9 clusters of group 'slide 1', which has 3 rows; ask for fewer clusters, or leave small groups out with"
        + " --least-group 9")
  }

  @Test func oneRow() throws {
    var settings = CurationSettings()
    settings.leastGroup = 1
    let chosen = try Curation(
      CurationRows(FeatureTable(paths: ["a"], values: [1, 2], width: 2)), settings: settings,
      key: RandomKey(seed: 1), products: PlainProducts())
    #expect(chosen.selected == [0] && chosen.bins == [1])
  }

  /// A cluster's label goes to its other rows and, with reach, to the cluster beside it, not to the far one.
  @Test func labelsSpreadToNeighbours() throws {
    let values: [Float] = [0, 0.1, 0.2, 3, 3.1, 3.2, 90, 90.1, 90.2]
    let clusters = try GroupClusters(
      values, width: 1, groups: [String](repeating: "g", count: 9), count: .fixed(3), least: 1,
      key: RandomKey(seed: 1), products: PlainProducts())
    let labels: [String?] = ["benign", nil, nil, nil, nil, nil, nil, nil, nil]
    func proposed(_ reach: Int) -> [String?] {
      let spread = SeedSpread(clusters, labels: labels, reach: reach)
      return (0..<9).map { row in clusters.places[row].flatMap { spread.proposals[$0]?.label } }
    }
    #expect(proposed(0) == ["benign", "benign", "benign", nil, nil, nil, nil, nil, nil])
    #expect(proposed(1).prefix(6).allSatisfy { $0 == "benign" } && proposed(1)[8] == nil)
    var torn = labels
    torn[1] = "malignant"
    let spread = SeedSpread(clusters, labels: torn, reach: 0)
    #expect(clusters.places[0].flatMap { spread.proposals[$0] } == nil)
  }
}
