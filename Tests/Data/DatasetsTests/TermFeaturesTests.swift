import Datasets
import TestSupport
import Testing

@Suite struct TermFeaturesTests {
  @Test func hashesAreThoseOfScikitLearn() throws {
    for hash in try TextGolden.load().hashes {
      let bytes = Array(hash.term.utf8)
      #expect(MurmurHash3.hash(bytes) == hash.hash, "\(hash.term)")
      #expect(MurmurHash3.hash(bytes, seed: 42) == hash.seeded, "\(hash.term)")
    }
  }

  @Test func wordsOfManyScriptsAreThoseOfAnIndependentReading() throws {
    let golden = try TextGolden.load()
    let texts = golden.cases[0].train + golden.cases[0].new
    #expect(texts.map { TextWords($0).words } == golden.words)
    #expect(
      Array(TextWords("one two three").terms) == ["one", "two", "three", "one two", "two three"])
    #expect(Array(TextWords("one").terms) == ["one"] && TextWords("?!").terms.isEmpty)
  }

  @Test func slotsSignsAndWeightsAreThoseOfScikitLearn() throws {
    for golden in try TextGolden.load().cases {
      let hashed = golden.train.map { HashedTerms($0, width: golden.width) }
      for (terms, expected) in zip(hashed, golden.counts) {
        let found = Dictionary(uniqueKeysWithValues: zip(terms.slots, terms.counts))
        #expect(found.filter { $0.value != 0 } == expected.entries)
      }
      let fitted = try #require(
        TermFeatures(fitting: golden.train, width: golden.width, size: golden.size))
      #expect(fitted.texts == golden.train.count)
      let weights = TermWeights(
        width: golden.width, texts: fitted.texts, slots: fitted.slots,
        frequencies: fitted.frequencies)
      for (text, expected) in zip(golden.train + golden.new, golden.weights + golden.newWeights) {
        let terms = HashedTerms(text, width: golden.width)
        let found = Dictionary(uniqueKeysWithValues: zip(terms.slots, weights(terms)))
        for (slot, value) in expected.entries {
          let own = try #require(found[slot])
          #expect(abs(own - value) < 1e-12)
        }
        #expect(found.filter { $0.value != 0 }.count == expected.entries.count)
      }
    }
  }

  /// The block of the small case spans all rows, so its vectors are exact; that of the large one is as near as its rounds bring it.
  @Test(arguments: [(0, 1e-5), (1, 3e-3)])
  func componentsAreSingularVectorsButForTheirSigns(_ number: Int, _ tolerance: Double) throws {
    let golden = try TextGolden.load().cases[number]
    let fitted = try #require(
      TermFeatures(fitting: golden.train, width: golden.width, size: golden.size))
    #expect(fitted.size == golden.size)
    let rows = golden.train + golden.new
    let (found, expected) = (fitted.values(of: rows), golden.features + golden.newFeatures)
    for component in 0..<golden.size {
      let own = rows.indices.map { Double(found[$0 * golden.size + component]) }
      let theirs = expected.map { $0[component] }
      let sign = zip(own, theirs).reduce(0) { $0 + $1.0 * $1.1 } < 0 ? -1.0 : 1.0
      let distance = zip(own, theirs).map { abs($0 * sign - $1) }.max() ?? 0
      #expect(distance < tolerance, "component \(component)")
    }
    let whole = Double(golden.train.count { !TextWords($0).words.isEmpty })
    let share = golden.singular.reduce(0) { $0 + $1 * $1 } / whole
    #expect(abs(fitted.share - share) < tolerance)
  }

  @Test func aTextWithoutAKnownTermIsAllZerosAndSignsAreFixed() throws {
    let golden = try TextGolden.load().cases[0]
    let fitted = try #require(TermFeatures(fitting: golden.train, width: 1 << 16, size: 4))
    #expect(fitted.values(of: ["", " ?!", "unheardof"]).allSatisfy { $0 == 0 })
    for component in 0..<4 {
      let entries = fitted.components[
        component * fitted.slots.count..<(component + 1) * fitted.slots.count]
      let most = entries.map { abs($0) }.max() ?? 0
      let first = try #require(entries.first { abs($0) > 0.99999 * most })
      #expect(first > 0)
    }
    #expect(TermFeatures(fitting: ["", "..."], width: 64, size: 2) == nil)
    // One text has one direction.
    let one = try #require(TermFeatures(fitting: ["a b c"], width: 1024, size: 8))
    #expect(one.size == 1 && abs(one.values(of: ["a b c"])[0] - 1) < 1e-6)
  }

  @Test func rotationsFindEigenvectors() {
    let matrix: [Double] = [4, 1, -2, 1, 2, 0, -2, 0, 3]
    let found = JacobiRotations(matrix, size: 3)
    #expect(abs(found.values.reduce(0, +) - 9) < 1e-12)
    #expect(zip(found.values, found.values.dropFirst()).allSatisfy { $0 >= $1 })
    for (number, value) in found.values.enumerated() {
      let vector = Array(found.vectors[3 * number..<3 * number + 3])
      for row in 0..<3 {
        let image = (0..<3).reduce(0) { $0 + matrix[3 * row + $1] * vector[$1] }
        #expect(abs(image - value * vector[row]) < 1e-10)
      }
    }
  }
}
