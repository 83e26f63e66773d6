import Datasets
import Randomness
import TestSupport
import Testing

/// Splits of very little, shares that come out whole for every seed, and what must not change where a part goes.
@Suite struct SplitEdgesTests {
  private func counts(_ data: Dataset, _ label: String) -> [Int] {
    Split.allCases.map { split in
      data.examples.count { $0.label == label && $0.split == split }
    }
  }

  private func places(_ data: Dataset) -> [String: Split?] {
    Dictionary(uniqueKeysWithValues: data.examples.map { ($0.path, $0.split) })
  }

  /// Of one class with k = 1 training comes first, then the test, then validation; with k = 2 two of training and two of the test cost
  /// 1000 · 1, and two, one and one 2000 · ½ + 1000 · ½.
  @Test(arguments: [
    (1, 1, [1, 0, 0]), (2, 1, [1, 0, 1]), (3, 1, [1, 1, 1]), (2, 2, [2, 0, 0]), (4, 2, [2, 0, 2]),
    (6, 2, [2, 2, 2]), (6, 3, [3, 0, 3]),
  ])
  func veryFewImages(images: Int, minimum: Int, expected: [Int]) throws {
    let data = Fixture.dataset([[images]], grouped: false)
    for seed in 0..<8 {
      let result = try Splitter(minimum: minimum, key: RandomKey(seed: UInt64(seed))).split(data)
      #expect(counts(result.dataset, "c0") == expected, "seed \(seed)")
      let lacking = Split.allCases.filter { split in
        result.dataset.examples.count { $0.split == split } < minimum
      }
      let warnings = result.statements.filter(\.isWarning)
      #expect(
        warnings
          == (lacking.isEmpty
            ? []
            : [
              .tooFewExamples(
                label: "c0", examples: images, needed: 3 * minimum, lacking: lacking)
            ]))
    }
  }

  @Test func nothingIsSplitIntoNothing() throws {
    let none = Dataset(name: "none", layout: .manifest, examples: [])
    let result = try Splitter(key: RandomKey(seed: 1)).split(none)
    #expect(result.dataset.examples.isEmpty)
    #expect(result.statements == [.made([.train, .val, .test], groups: nil)])
  }

  /// Where all shares are whole numbers every seed reaches them, class by class.
  @Test func wholeSharesAreReachedForEverySeed() throws {
    let sizes = [1000, 20, 60, 200, 40]
    let data = Fixture.dataset([sizes], grouped: false)
    for seed in 0..<12 {
      let result = try Splitter(key: RandomKey(seed: UInt64(seed))).split(data)
      for (number, size) in sizes.enumerated() {
        #expect(
          counts(result.dataset, "c\(number)") == [size * 14 / 20, size * 3 / 20, size * 3 / 20],
          "seed \(seed)")
      }
    }
  }

  /// Of drawn classes each part has its share to within two images, and so has each part as a whole.
  @Test func sharesAreNear() throws {
    for seed in 0..<25 {
      var random = RandomKey(seed: UInt64(seed)).folding("sizes").source
      let sizes = (0..<1 + random.below(6)).map { _ in
        20 + random.below(random.below(2) == 0 ? 30 : 400)
      }
      let parts = [(0.7, 0.15, 0.15), (0.6, 0.2, 0.2), (0.5, 0.25, 0.25), (0.8, 0.1, 0.1)][seed % 4]
      let fractions = try SplitFractions(train: parts.0, val: parts.1, test: parts.2)
      let data = Fixture.dataset([sizes], grouped: false)
      let found = try Splitter(fractions: fractions, key: RandomKey(seed: 3)).split(data).dataset
      for (number, size) in sizes.enumerated() {
        for (split, count) in zip(Split.allCases, counts(found, "c\(number)")) {
          let off = abs(Double(count) - fractions.share(of: split) * Double(size))
          #expect(off < 2, "seed \(seed), \(split) of \(size): \(count)")
        }
      }
    }
  }

  /// A set that is named twice, in another order or among the near copies holds together as before.
  @Test func howSetsAreNamedChangesNothing() throws {
    for seed in 0..<25 {
      var random = RandomKey(seed: UInt64(seed)).folding("sets").source
      let data = Fixture.dataset(
        (0..<12).map { _ in [random.below(6), random.below(4), 1 + random.below(2)] })
      let count = data.examples.count
      let order = random.shuffle(count)
      let sets = stride(from: 0, to: count / 3, by: 3).map { Array(order[$0..<$0 + 3]) }
      let splitter = Splitter(key: RandomKey(seed: UInt64(seed)))
      let plain = places(try splitter.split(data, together: sets).dataset)
      let others = [
        try splitter.split(data, together: sets.reversed().map { $0.reversed() }),
        try splitter.split(data, together: sets + sets),
        try splitter.split(data, alike: sets),
        try splitter.split(data, together: sets, alike: sets.map { Array($0.prefix(2)) }),
        // A chain of pairs is the set.
        try splitter.split(
          data, together: sets.flatMap { [[$0[0], $0[1]], [$0[1], $0[2]]] }),
        try splitter.split(data, together: sets + [[], [0], [count - 1, count - 1]]),
      ]
      for (number, other) in others.enumerated() {
        #expect(places(other.dataset) == plain, "seed \(seed), \(number)")
      }
    }
  }

  /// Where data bring a test, it stays, and what is cut for validation parts no group and no set of training.
  @Test func aCutForValidationLeavesTheTestAlone() throws {
    for seed in 0..<40 {
      var random = RandomKey(seed: UInt64(seed)).folding("cut").source
      var data = Fixture.dataset(
        (0..<10 + random.below(10)).map { _ in [random.below(7), random.below(3), random.below(2)] }
          + [[3, 3, 3], [3, 3, 3]])
      for index in data.examples.indices {
        // Two of nine groups are the test's.
        let group = Int(data.examples[index].group?.dropFirst() ?? "") ?? 0
        data.examples[index].split = group % 9 < 2 ? .test : .train
      }
      let training = data.examples.indices.filter { data.examples[$0].split == .train }
      let together = [Array(training.prefix(4)), [training[5], training[training.count - 1], 0]]
      let result = try Splitter(key: RandomKey(seed: UInt64(seed))).split(data, together: together)
      let found = result.dataset.examples
      #expect(found.map(\.path) == data.examples.map(\.path))
      for (before, after) in zip(data.examples, found) {
        #expect((before.split == .test) == (after.split == .test))
      }
      for group in Set(data.examples.compactMap(\.group)) {
        #expect(Set(found.filter { $0.group == group }.map(\.split)).count == 1, "seed \(seed)")
      }
      for set in together {
        let inside = set.filter { data.examples[$0].split == .train }
        #expect(Set(inside.map { found[$0].split }).count == 1, "seed \(seed)")
      }
      #expect(
        result.statements.contains(.validationCut(images: found.count { $0.split == .val })))
    }
  }

  /// A share of 0 leaves its part out, also where the data bring the others.
  @Test func sharesOfZero() throws {
    let data = Fixture.dataset([[40, 20]], grouped: false)
    let trainOnly = try SplitFractions(train: 1, val: 0, test: 0)
    let whole = try Splitter(fractions: trainOnly, key: RandomKey(seed: 1)).split(data)
    #expect(whole.dataset.splits == [.train] && whole.statements == [.made([.train], groups: nil)])
    let noVal = try SplitFractions(train: 0.5, val: 0, test: 0.5)
    let two = try Splitter(fractions: noVal, key: RandomKey(seed: 1)).split(data)
    #expect(counts(two.dataset, "c0") == [20, 0, 20] && counts(two.dataset, "c1") == [10, 0, 10])
    // What came with train and test and wants no validation stays as it is.
    let again = try Splitter(fractions: noVal, key: RandomKey(seed: 2)).split(two.dataset)
    #expect(again.dataset.examples == two.dataset.examples)
    #expect(again.statements == [.kept([.train, .test])])
    let known = try Splitter(fractions: trainOnly, key: RandomKey(seed: 2)).split(whole.dataset)
    #expect(known.statements == [.kept([.train]), .noTest])
  }

  @Test func sharesThatAreNone() {
    for (train, val, test) in [
      (0.0, 0.5, 0.5), (1.2, -0.1, -0.1), (0.7, 0.15, 0.16), (.nan, 0.5, 0.5), (1, .infinity, 0),
      (-1, 1, 1),
    ] as [(Double, Double, Double)] {
      let error = #expect(throws: DatasetError.self) {
        try SplitFractions(train: train, val: val, test: test)
      }
      #expect(
        error?.description == "split fractions: expected train/val/test shares that sum to 1,"
          + " train above 0, got \(train)/\(val)/\(test)")
    }
    #expect(throws: Never.self) { try SplitFractions(train: 0.7, val: 0.15, test: 0.1500005) }
  }

  /// An example of several labels is in many strata: none is parted from its group, each label's share is near, and the rows' order
  /// says nothing.
  @Test func severalLabels() throws {
    for seed in 0..<15 {
      var random = RandomKey(seed: UInt64(seed)).folding("labels").source
      var examples: [Example] = []
      for number in 0..<300 {
        let labels = (0..<4).map { label -> Bool? in
          random.below(12) == 0 ? nil : random.below(2 + label) == 0
        }
        examples.append(
          Example(
            path: "\(number)", source: .pixels(0), labels: labels,
            group: seed % 2 == 0 ? nil : "g\(random.below(120))", file: "t.csv", line: number + 2))
      }
      var data = Dataset(name: "made", layout: .manifest, examples: examples)
      data.labelNames = ["a", "b", "c", "d"]
      let splitter = Splitter(key: RandomKey(seed: UInt64(seed)))
      let found = try splitter.split(data).dataset
      for group in Set(examples.compactMap(\.group)) {
        #expect(Set(found.examples.filter { $0.group == group }.map(\.split)).count == 1)
      }
      for label in 0..<4 {
        let own = found.examples.filter { $0.labels?[label] == true }
        for split in Split.allCases {
          let ideal = splitter.fractions.share(of: split) * Double(own.count)
          let count = Double(own.count { $0.split == split })
          #expect(abs(count - ideal) <= max(4, 0.15 * Double(own.count)), "seed \(seed), \(label)")
        }
      }
      var turned = data
      turned.examples = data.examples.reversed()
      #expect(places(try splitter.split(turned).dataset) == places(found), "seed \(seed)")
    }
  }

  /// What has no label and what has no split where others have is named by its row, all together.
  @Test func whatIsMissingIsNamedTogether() {
    var data = Fixture.dataset([[2, 2]], grouped: false)
    data.examples[0].split = .train
    data.examples[1].split = .test
    data.examples[2].split = .train
    data.examples[2].label = nil
    let error = #expect(throws: DatasetError.self) {
      try Splitter(key: RandomKey(seed: 1)).split(data)
    }
    let lines = error?.description.split(separator: "\n") ?? []
    #expect(lines.count == 2)
    #expect(lines.first == "t.csv:4: the label is empty; give it a class or remove the row")
    #expect(lines.last?.hasPrefix("t.csv:5: ") == true)
    for index in data.examples.indices { data.examples[index].split = .val }
    data.examples[2].label = "c1"
    #expect(throws: DatasetError.emptySplit(.train, present: [.val])) {
      try Splitter(key: RandomKey(seed: 1)).split(data)
    }
  }
}
