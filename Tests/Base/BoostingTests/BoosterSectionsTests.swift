import Boosting
import Foundation
import TestSupport
import Testing

/// Several boosters in one text.
@Suite struct BoosterSectionsTests {
  private static let three = BoosterSections([
    .trees(Array("tree\n\nparameters".utf8)), .constant(-4.595119850134589),
    .trees(Array("tree".utf8)),
  ])

  private func message(_ text: [UInt8]) -> String {
    do throws(BoostingError) {
      return "read as \(try BoosterSections(text: text).sections.count) boosters"
    } catch {
      return error.description
    }
  }

  private func message(_ old: String, _ new: String) -> String {
    let text = String(decoding: Self.three.text, as: UTF8.self)
    let changed = text.replacingOccurrences(of: old, with: new)
    #expect(changed != text, "\(old)")
    return message(Array(changed.utf8))
  }

  @Test func whatIsWrittenIsRead() throws {
    #expect(try BoosterSections(text: Self.three.text) == Self.three)
    #expect(
      String(decoding: Self.three.text, as: UTF8.self) == """
        boosters
        version=1
        count=3
        booster=0 bytes=16
        tree

        parameters
        booster=1 constant=-4.595119850134589
        booster=2 bytes=4
        tree
        end of boosters

        """)
  }

  /// What is damaged is said with its place.
  @Test(arguments: [
    ("boosters\nversion", "boosterz\nversion", "does not begin as that of several boosters does"),
    ("count=3\n", "count=\n", "does not say how many boosters it has"),
    ("count=3\n", "count=0\n", "does not say how many boosters it has"),
    ("count=3\n", "count=99999999999\n", "does not say how many boosters it has"),
    ("count=3\n", "count=2\n", "does not end behind booster 2 of 2"),
    ("count=3\n", "count=4\n", "has no beginning of booster 4 of 4 where it should be"),
    ("booster=1 ", "booster=2 ", "has no beginning of booster 2 of 3 where it should be"),
    (
      "constant=-4.595119850134589", "constant=nan",
      "says neither bytes nor a constant of booster 2 of 3"
    ),
    ("bytes=16", "bytes=x", "says neither bytes nor a constant of booster 1 of 3"),
    ("bytes=16", "bytes=15", "says 15 bytes of booster 1 of 3, and they do not end there"),
    ("bytes=4\n", "bytes=4000\n", "says 4000 bytes of booster 3 of 3, and they do not end there"),
    ("end of boosters", "end of booster", "does not end behind booster 3 of 3"),
  ])
  func aDamagedPlaceIsNamed(old: String, new: String, words: String) {
    #expect(
      message(old, new)
        == "lightgbm: reading a model: the text \(words); the file may be damaged")
  }

  @Test func anotherVersionIsRefusedByNumber() {
    #expect(
      message("version=1", "version=2")
        == "lightgbm: reading boosters: they are of version 2, expected 1; a newer program reads them"
    )
  }

  /// Every part of it is an error and never the end of the process.
  @Test func whatIsCutIsAnError() {
    let text = Self.three.text
    for end in 0..<text.count {
      #expect(message(Array(text.prefix(end))).hasPrefix("lightgbm: reading a model: the text "))
    }
    #expect(message(text) == "read as 3 boosters")
  }

  /// Whatever single byte is another, it is an error or several boosters, and never the end of the process.
  @Test func anotherByteIsAnErrorOrRead() {
    var state: UInt64 = 9
    for _ in 0..<5_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var text = Self.three.text
      text[Int(state >> 33) % text.count] = UInt8(truncatingIfNeeded: state >> 20)
      let said = message(text)
      #expect(said.hasPrefix("read as ") || said.hasPrefix("lightgbm: reading "), "\(said)")
    }
  }

  /// Constants need no library.
  @Test func constantsAloneAnswer() throws {
    let boosters = try BoosterSet(text: BoosterSections([.constant(2), .constant(-1)]).text)
    #expect(boosters.features == nil && boosters.scores == 2)
    #expect(try boosters.rawScores([1, 2, 3], count: 3) == [2, -1, 2, -1, 2, -1])
  }
}

/// Several boosters that the library reads.
@Suite(
  .enabled(
    if: (try? LightGBM.library()) != nil,
    "LightGBM is not installed: pip install lightgbm, and name its lib_lightgbm.so in STEELYARD_LIGHTGBM"
  ))
struct BoosterSetTests {
  /// Of the golden models of two classes; the first is of three.
  private func texts() throws -> [[UInt8]] {
    try BoostingGolden.load().map { Array($0.text.utf8) }
  }

  private func message(_ sections: [BoosterSections.Section]) -> String {
    do throws(BoostingError) {
      return "\(try BoosterSet(text: BoosterSections(sections).text).scores) scores"
    } catch {
      return error.description
    }
  }

  /// Scores stand in the order of the boosters, row by row.
  @Test func scoresAreThoseOfEachBooster() throws {
    let golden = try BoostingGolden.load()
    let boosters = try BoosterSet(
      text: BoosterSections([
        .trees(Array(golden[3].text.utf8)), .constant(7), .trees(Array(golden[2].text.utf8)),
      ]).text)
    #expect(boosters.features == 4 && boosters.scores == 3)
    let raw = try boosters.rawScores(golden[2].test, count: golden[2].testRows)
    for (place, number) in [(0, 3), (2, 2)] {
      let alone = try Booster(text: Array(golden[number].text.utf8))
        .rawScores(golden[2].test, count: golden[2].testRows)
      #expect(alone == stride(from: place, to: raw.count, by: 3).map { raw[$0] })
    }
    #expect(stride(from: 1, to: raw.count, by: 3).allSatisfy { raw[$0] == 7 })
  }

  /// The booster that is damaged is named.
  @Test func aDamagedBoosterIsNamed() throws {
    let texts = try texts()
    let changed = String(decoding: texts[2], as: UTF8.self)
      .replacingOccurrences(of: "left_child=-1", with: "left_child=-9")
    #expect(changed != String(decoding: texts[2], as: UTF8.self))
    let said = message([.trees(texts[3]), .trees(Array(changed.utf8))])
    #expect(
      said.hasPrefix("lightgbm: reading booster 2 of 2: the text has a tree, ")
        && said.hasSuffix(", that does not lead to its leaves; the file may be damaged"), "\(said)")
  }

  @Test func aBoosterOfSeveralScoresIsRefused() throws {
    let texts = try texts()
    #expect(
      message([.trees(texts[3]), .trees(texts[0])])
        == "lightgbm: the stored trees are of 4 features and 3 scores in booster 2 of 2, expected 4 and 1"
    )
  }
}
