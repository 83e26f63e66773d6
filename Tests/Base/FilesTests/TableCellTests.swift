import Files
import Testing

/// What the cells of columns of numbers and categories say.
@Suite struct TableCellTests {
  @Test func numbersWordsAndMarksForNothing() {
    for text in ["", "?", "NA", "n/a", "<NA>", "Null", "none", "-", ".", "nan", "NaN"] {
      #expect(TableCell(text) == .missing, "\(text)")
    }
    #expect(TableCell("-2.5e0") == .number(-2.5) && TableCell("inf") == .number(.infinity))
    // A decimal comma, a separator of thousands and a unit are no numbers.
    for text in ["1,5", "1 000", "1,000", "3mm", "old", "--"] {
      #expect(TableCell(text) == .word, "\(text)")
    }
  }

  @Test func levelsAreAllButMissingCells() {
    #expect(TableCell.level("none") == "none" && TableCell.level("None") == "None")
    #expect(TableCell.level("1.0") == "1.0" && TableCell.level("f") == "f")
    for text in ["", "?", "nan", "NA", "-"] { #expect(TableCell.level(text) == nil, "\(text)") }
  }

  @Test func halfOfTheKnownCellsMakeCategories() {
    func areCategories(_ texts: [String]) -> Bool {
      TableCell.areCategories(texts.map { TableCell($0) })
    }
    #expect(areCategories(["f", "m"]) && areCategories(["f", "1", "", "?"]))
    #expect(!areCategories(["f", "1", "2"]) && !areCategories(["1", ""]) && !areCategories([]))
  }
}
