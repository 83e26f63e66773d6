import Boosting
import Foundation
import TestSupport
import Testing

@Suite(
  .enabled(
    if: (try? LightGBM.library()) != nil,
    "LightGBM is not installed: pip install lightgbm, and name its lib_lightgbm.so in STEELYARD_LIGHTGBM"
  ))
struct GrownTreesTests {
  /// Rounds, log loss and scores are those of Python's lightgbm on the same parameters.
  @Test(arguments: 0..<4) func treesAreThoseOfPython(number: Int) throws {
    let golden = try BoostingGolden.load()[number]
    let library = try LightGBM.library()
    let grown = try library.grow(
      golden.learned, validation: golden.seen, .classes(golden.classes), golden.boosting,
      seed: golden.seed, threads: 1)
    #expect(grown.rounds == golden.rounds, "\(golden.name)")
    #expect(grown.grown + grown.empty == grown.rounds + golden.settings.patience)
    #expect(grown.metric == (golden.classes == 2 ? "binary_logloss" : "multi_logloss"))
    #expect(close(try #require(grown.loss), golden.loss, relative: 1e-9))
    let booster = try Booster(text: grown.text)
    #expect(booster.features == 4 && booster.scores == (golden.classes == 2 ? 1 : golden.classes))
    let raw = try booster.rawScores(golden.test, count: golden.testRows)
    #expect(difference(raw, golden.raw, relative: 1e-9, absolute: 1e-12) == nil)
    var seven = golden.boosting
    seven.rounds = 7
    let whole = try library.grow(
      golden.learned, validation: nil, .classes(golden.classes), seven, seed: golden.seed,
      threads: 1)
    #expect(whole.rounds == 7 && whole.loss == nil)
    let plain = try Booster(text: whole.text).rawScores(golden.test, count: golden.testRows)
    #expect(difference(plain, golden.rawOfSeven, relative: 1e-9, absolute: 1e-12) == nil)
  }

  /// A model that Python wrote is read.
  @Test(arguments: 0..<4) func aTextOfPythonIsRead(number: Int) throws {
    let golden = try BoostingGolden.load()[number]
    let booster = try Booster(text: Array(golden.text.utf8))
    for threads in [1, 3] {
      let raw = try booster.rawScores(golden.test, count: golden.testRows, threads: threads)
      #expect(difference(raw, golden.raw, relative: 1e-12, absolute: 1e-15) == nil)
    }
    #expect(try booster.rawScores([], count: 0).isEmpty)
  }

  @Test func theSameSeedGivesTheSameBytesForAnyThreads() throws {
    let golden = try BoostingGolden.load()[3]
    func text(_ seed: Int32, _ threads: Int) throws -> [UInt8] {
      try LightGBM.library().grow(
        golden.learned, validation: golden.seen, .classes(2), golden.boosting, seed: seed,
        threads: threads
      ).text
    }
    let one = try text(11, 1)
    #expect(try text(11, 2) == one)
    // Rows and features are drawn by the seed.
    #expect(try text(12, 1) != one)
  }

  /// Some thousands of rows whose weights are far apart, where sums in parts differ from those in one go.
  @Test func manyRowsGiveTheSameBytesForAnyThreads() throws {
    var state: UInt64 = 3
    func uniform() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 24)
    }
    let values = (0..<(4 * 12_000)).map { _ in uniform() }
    let labels = (0..<12_000).map { values[4 * $0] + uniform() > 1 ? 1 : 0 }
    let rows = BoostingRows(
      values: values, columns: 4, labels: labels,
      weights: labels.map { $0 == 1 ? 333.3 : 0.000713 })
    var settings = BoostingSettings()
    (settings.rounds, settings.leaves) = (40, 15)
    let library = try LightGBM.library()
    let texts = try [1, 2].map { threads in
      try library.grow(
        rows, validation: nil, .classes(2), settings, seed: 7, threads: threads
      ).text
    }
    #expect(texts[0] == texts[1])
  }

  @Test func growingCanBeStopped() throws {
    struct Stop: Error {}
    let golden = try BoostingGolden.load()[0]
    #expect(throws: Stop.self) {
      try LightGBM.library().grow(
        golden.learned, validation: nil, .classes(3), golden.boosting, seed: 0, threads: 1
      ) { done, _ in if done == 3 { throw Stop() } }
    }
  }

  /// A damaged text is an error and never the end of the process.
  @Test func damagedTextsAreErrorsOrTrees() throws {
    let golden = try BoostingGolden.load()[2]
    let whole = Array(golden.text.utf8)
    for end in [0, 4, 100, 300, 2000, whole.count / 2] {
      let error = #expect(throws: BoostingError.self) {
        try Booster(text: Array(whole.prefix(end)))
      }
      #expect(
        "\(try #require(error))".hasPrefix("lightgbm: reading a model: the text "),
        "\(String(describing: error))")
    }
    var state: UInt64 = 5
    for _ in 0..<200 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var text = whole
      text[Int(state >> 33) % text.count] = UInt8(48 + Int(state >> 20) % 10)
      guard let booster = try? Booster(text: text) else { continue }
      _ = try? booster.rawScores(
        [Float](repeating: 0.5, count: 3 * booster.features), count: 3)
    }
  }

  /// What the library would read in another way than it is checked, or follow out of its memory, is refused by name.
  @Test(arguments: [
    ("left_child=-1", "left_child=-9", "that does not lead to its leaves"),
    ("split_feature=0", "split_feature=7", "that does not lead to its leaves"),
    ("num_leaves=7", "num_leaves=8", "without leaves or of a kind"),
    // As long as before, so that trees begin where they should.
    ("-0.86541036105195068", "inf                 ", "without leaves or of a kind"),
    ("Tree=1\n", "Tree=9\n", "tree 1 does not begin there"),
    ("num_class=1\n", "num_class=1\nnum_class=1\n", "or has them twice"),
    ("version=v4", "version=\0v4", "has bytes that LightGBM does not write"),
    ("version=v4", "version=\rv4", "has bytes that LightGBM does not write"),
    ("num_cat=0\n", "num_cat0=\n", "without leaves or of a kind"),
    ("num_cat=0\n", "num_cat0\n\n", "of other lines than LightGBM writes"),
    ("num_cat=0\n", "num_cat00\n", "with a line that is no 'key=value'"),
    ("\nend of trees\n", "\nend of treez\n", "does not begin and end as LightGBM's does"),
  ])
  func aDamagedPlaceIsRefused(old: String, new: String, words: String) throws {
    let text = try BoostingGolden.load()[2].text
    let changed = text.replacingOccurrences(of: old, with: new)
    #expect(changed != text)
    let error = #expect(throws: BoostingError.self, "\(new)") {
      try Booster(text: Array(changed.utf8))
    }
    #expect("\(try #require(error))".contains(words), "\(String(describing: error))")
  }

  /// Missing values may be split from all others, at ∞; a threshold that is no number is none.
  @Test(arguments: [("inf", true), ("nan", false)])
  func aThresholdMayBeInfinite(word: String, isRead: Bool) throws {
    let text = try BoostingGolden.load()[2].text
    let start = try #require(text.range(of: "threshold=")?.upperBound)
    let end = try #require(text[start...].firstIndex { $0 == " " || $0 == "\n" })
    // As long as before, so that trees begin where they should.
    let cell = word.padding(
      toLength: text.distance(from: start, to: end), withPad: " ", startingAt: 0)
    let changed = Array(text.replacingCharacters(in: start..<end, with: cell).utf8)
    if isRead {
      #expect(try Booster(text: changed).features == 4)
    } else {
      let error = #expect(throws: BoostingError.self) { try Booster(text: changed) }
      #expect(error?.description.contains("that does not lead to its leaves") == true)
    }
  }
}
