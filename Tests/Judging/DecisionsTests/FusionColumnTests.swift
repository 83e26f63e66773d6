import Decisions
import Testing

/// Columns of a table as numbers.
@Suite struct FusionColumnTests {
  @Test func columnsAreKnownByTheirCells() throws {
    let numbers = try FusionColumn("age", fitting: ["1", "3", "NA", "-2.5e0"])
    #expect(numbers.kind == .number(mean: 0.5, hasMissing: true) && numbers.width == 2)
    #expect(numbers.encoded("3") == [3, 0] && numbers.encoded("") == [0.5, 1])
    #expect(numbers.knows("") && numbers.knows("7") && !numbers.knows("old"))
    let words = try FusionColumn("sex", fitting: ["f", "m", "f", ""])
    #expect(words.kind == .category(["", "f", "m"]))
    #expect(words.encoded("m") == [0, 0, 1] && words.encoded("x") == [0, 0, 0])
    #expect(words.encoded("nan") == [1, 0, 0] && !words.knows("x"))
    let codes = try FusionColumn("site", fitting: ["1", "2", "1"], isCategory: true)
    #expect(codes.kind == .category(["1", "2"]))
    let plain = try FusionColumn("x", fitting: ["1", "2"])
    #expect(plain.width == 1 && !plain.knows("") && plain.encoded("") == [1.5])
  }

  @Test func whatCannotBeFusedIsSaid() {
    func message(_ cells: [String]) -> String {
      do throws(FusionError) {
        return "no error: \(try FusionColumn("a", fitting: cells).width)"
      } catch {
        return error.description
      }
    }
    #expect(
      message(["1", "1"])
        == "column 'a': has one value in all rows that the head is fitted to, so it tells nothing; leave it out"
    )
    #expect(
      message((0..<51).map { "p\($0)" })
        == "column 'a': has 51 different words, expected at most 50; a column that names rows or patients is no property of"
        + " them, so leave it out; where it holds numbers, leave a cell without one blank")
    // A slip makes no words of a column of numbers.
    #expect(
      message((0..<60).map { "\($0)" } + ["1,5"])
        == "column 'a': 1 of its cells, '1,5' the first, is no number, and most are; correct it, leave it blank where the number is"
        + " missing, or name the column with --categories where its numbers are codes")
    #expect(
      message(["1", "2", "3", "1e200", "x"]).contains(
        "2 of its cells, '1e200' the first, are no number, and most are; correct them, leave them blank"
      ))
  }

  @Test func whatCellsAreTakenForIsSaid() throws {
    func statement(_ cells: [String], isCategory: Bool = false) throws -> String {
      try FusionColumn("a", fitting: cells, isCategory: isCategory).statement
    }
    #expect(try statement(["1", "2"]) == "a: numbers")
    #expect(try statement(["1", "", "2"]) == "a: numbers, with a place for missing ones")
    #expect(try statement(["f", "", "m"]) == "a: 3 words (missing, 'f', 'm')")
    #expect(
      try statement(["1", "b", "2", "c"])
        == "a: 4 words ('1', '2', 'b', 'c'), 2 of which are numbers")
    #expect(
      try statement(["1", "2", "1,5"], isCategory: true)
        == "a: 3 words ('1', '1,5', '2'), 2 of which are numbers")
    #expect(
      try statement((0..<8).map { "w\($0)" })
        == "a: 8 words ('w0', 'w1', 'w2', 'w3', 'w4', 'w5', …)")
  }

  /// Marks for nothing are those of a network's rows, and `none` is a word of its own.
  @Test func marksForNothingAreMissing() throws {
    let numbers = try FusionColumn("a", fitting: ["1", "?", "-", ".", "<NA>", "none", "NULL", "3"])
    #expect(numbers.kind == .number(mean: 2, hasMissing: true))
    #expect(numbers.encoded("?") == [2, 1] && numbers.knows("n/a"))
    let words = try FusionColumn("a", fitting: ["f", "none", "?", "f", ""])
    #expect(words.kind == .category(["", "f", "none"]))
    #expect(words.encoded("none") == [0, 0, 1] && words.encoded("-") == [1, 0, 0])
    // A head that was fitted without it takes it for missing, as one from before did.
    let older = try FusionColumn("a", fitting: ["f", "m", ""])
    #expect(older.encoded("none") == [1, 0, 0] && older.knows("none") && !older.knows("x"))
  }

  /// Sums of numbers that are too large would be no numbers.
  @Test func hugeNumbersAreWords() throws {
    let column = try FusionColumn("a", fitting: ["1e200", "inf", "2"])
    #expect(column.kind == .category(["1e200", "2", "inf"]))
  }
}
