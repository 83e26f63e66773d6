import Datasets
import Randomness
import TestSupport
import Testing

/// Long tails by their formulas in whole numbers, and which examples stay.
@Suite struct LongTailTests {
  /// ⌊n · IR^(−c/(C−1))⌋ as the greatest k with k^(C−1) · IR^c ≤ n^(C−1).
  private func exponential(_ n: Int, _ c: Int, of classes: Int, _ ratio: Int) -> Int {
    guard classes > 1 else { return n }
    func power(_ base: Int, _ exponent: Int) -> Int {
      (0..<exponent).reduce(1) { product, _ in product * base }
    }
    let most = power(n, classes - 1)
    return (0...n).last { power($0, classes - 1) * power(ratio, c) <= most } ?? 0
  }

  /// ⌊n (1 − (1 − 1/IR) c/(C−1))⌋ over one denominator.
  private func linear(_ n: Int, _ c: Int, of classes: Int, _ ratio: Int) -> Int {
    guard classes > 1 else { return n }
    return n * (ratio * (classes - 1) - (ratio - 1) * c) / (ratio * (classes - 1))
  }

  private func step(_ n: Int, _ c: Int, of classes: Int, _ ratio: Int) -> Int {
    2 * c < classes ? n : n / ratio
  }

  /// All shapes, up to five classes, sizes up to 40 and ratios up to 12: no example is lost or won by rounding.
  @Test func countsAreThoseOfWholeNumbers() {
    var wrong: [String] = []
    for classes in 1...5 {
      for n in [1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 25, 27, 30, 32, 36, 40] {
        for ratio in 1...12 {
          let sizes = [Int](repeating: n, count: classes)
          for shape in TailShape.allCases {
            let expected = (0..<classes).map { c in
              let exact =
                switch shape {
                case .exponential: exponential(n, c, of: classes, ratio)
                case .step: step(n, c, of: classes, ratio)
                case .linear: linear(n, c, of: classes, ratio)
                }
              return max(1, exact)
            }
            let found = Dataset.longTail(of: sizes, imbalance: Double(ratio), shape: shape)
            if found != expected { wrong.append("\(shape) \(n)×\(classes) at \(ratio): \(found)") }
          }
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }

  /// A class never gets more than it has, whatever its place; the largest one is n_max wherever it stands; none stays empty-handed but
  /// one that has nothing.
  @Test func unequalClasses() {
    #expect(Dataset.longTail(of: [], imbalance: 10).isEmpty)
    #expect(Dataset.longTail(of: [0, 0], imbalance: 10) == [0, 0])
    #expect(Dataset.longTail(of: [5, 100], imbalance: 10) == [5, 10])
    #expect(Dataset.longTail(of: [5, 100], imbalance: 10, shape: .step) == [5, 10])
    #expect(Dataset.longTail(of: [3, 0, 100], imbalance: 4, shape: .linear) == [3, 0, 25])
    for seed in 0..<60 {
      var random = RandomKey(seed: UInt64(seed)).folding("sizes").source
      let sizes = (0..<1 + random.below(9)).map { _ in random.below(200) }
      let ratio = 1 + 99 * random.uniform()
      for shape in TailShape.allCases {
        let tail = Dataset.longTail(of: sizes, imbalance: ratio, shape: shape)
        let whole = Dataset.longTail(
          of: [Int](repeating: sizes.max() ?? 0, count: sizes.count), imbalance: ratio, shape: shape
        )
        #expect(tail == zip(sizes, whole).map { min($0, max(1, $1)) }, "\(shape) \(sizes)")
        #expect(zip(tail, sizes).allSatisfy { ($0 == 0) == ($1 == 0) })
        // A greater ratio leaves no class more.
        let steeper = Dataset.longTail(of: sizes, imbalance: 2 * ratio, shape: shape)
        #expect(zip(steeper, tail).allSatisfy { $0 <= $1 })
      }
    }
  }

  /// Ratios of any size: the last class keeps one.
  @Test func ratiosWithoutEnd() {
    for shape in TailShape.allCases {
      for ratio in [1e9, 1e300, Double.greatestFiniteMagnitude] {
        #expect(Dataset.longTail(of: [50, 50], imbalance: ratio, shape: shape) == [50, 1])
      }
    }
  }

  @Test(arguments: [0.999, 0, -3, .nan, .infinity, -.infinity] as [Double])
  func ratiosThatAreNone(ratio: Double) {
    let error = #expect(throws: DatasetError.self) {
      try Fixture.dataset([[9, 9]]).longTailed(imbalance: ratio, key: RandomKey(seed: 1))
    }
    #expect(error?.description == "imbalance: expected a ratio of at least 1, got \(ratio)")
  }

  /// What stays is part of what was, in its order; other parts and what has no label stay whole; a ratio of 1 changes nothing.
  @Test func whatStays() throws {
    for seed in 0..<30 {
      var random = RandomKey(seed: UInt64(seed)).folding("data").source
      var data = Fixture.dataset([(0..<4).map { _ in 1 + random.below(30) }], grouped: false)
      let isSplit = seed % 2 == 0
      for index in data.examples.indices {
        if isSplit { data.examples[index].split = Split.allCases[random.below(3)] }
        if random.below(10) == 0 { data.examples[index].label = nil }
      }
      let shape = TailShape.allCases[seed % 3]
      let key = RandomKey(seed: UInt64(seed))
      let thin = try data.longTailed(imbalance: 6, shape: shape, key: key)
      var rest = data.examples[...]
      for example in thin.examples {
        let place = try #require(rest.firstIndex(of: example))
        rest = rest[(place + 1)...]
      }
      func others(_ data: Dataset) -> [Example] {
        data.examples.filter { $0.label == nil || isSplit && $0.split != .train }
      }
      #expect(others(thin) == others(data))
      let training = data.examples.filter { $0.label != nil && (!isSplit || $0.split == .train) }
      let labels = Set(training.compactMap(\.label)).sorted()
      let sizes = labels.map { label in training.count { $0.label == label } }
      let expected = Dataset.longTail(of: sizes, imbalance: 6, shape: shape)
      let left = thin.examples.filter { $0.label != nil && (!isSplit || $0.split == .train) }
      #expect(labels.map { label in left.count { $0.label == label } } == expected, "seed \(seed)")
      #expect(try data.longTailed(imbalance: 1, shape: shape, key: key).examples == data.examples)
    }
  }

  /// Each example of a class is as likely to stay as any other: of 600 draws of 3 in 12, 150, give or take five standard deviations.
  @Test func everyExampleMayStay() throws {
    let data = Fixture.dataset([[12, 12]], grouped: false)
    var kept: [String: Int] = [:]
    for seed in 0..<600 {
      let thin = try data.longTailed(imbalance: 4, key: RandomKey(seed: UInt64(seed)))
      for example in thin.examples where example.label == "c1" {
        kept[example.path, default: 0] += 1
      }
    }
    #expect(kept.count == 12 && kept.values.reduce(0, +) == 1800)
    #expect(kept.values.allSatisfy { abs($0 - 150) < 55 }, "\(kept)")
  }
}
