import Datasets
import SteelyardCommand
import Testing

@Suite struct ReadingTextTests {
  @Test func warningsNameTheOption() {
    let warnings: [(ReadingWarning, String)] = [
      (
        .repeatsLikeGroup(column: "herd", values: 4, rows: 12),
        "warning: the column 'herd' repeats like a group (4 values in 12 rows) and is left alone: images of"
          + " one value can come into different splits; --group-column herd keeps them together"
      ),
      (
        .holdsSplitWords(column: "Part of it's data", words: ["test", "train"]),
        "warning: the column 'Part of it's data' holds the words of a split (test, train) and is left"
          + " alone; --split-column 'Part of it'\\''s data' takes it"
      ),
      (
        .labelsHardlyRepeat(classes: 20, images: 20),
        "warning: 20 classes in 20 images: the labels hardly repeat, as measurements and names of single"
          + " images do; --label-column names the column with the class"
      ),
      (
        .missingValueWord("n/a", role: .label, rows: 2),
        "warning: 'n/a' is read as a class of 2 images; remove the rows if the class is not known;"
          + " --drop-class n/a leaves them out"
      ),
      (
        .missingValueWord("nan", role: .group, rows: 2),
        "warning: 'nan' is read as a group of 2 images; leave the cell empty if the group is not known"
      ),
      (
        .nearlyEqualClasses(["Cat", "cat"]),
        "warning: the classes 'Cat', 'cat' differ only in spelling; write them alike if they are one class"
      ),
      (
        .joinedNames("a+b", parts: ["a", "b"]),
        "warning: 'a+b' is read as one name, and 'a' and 'b' are names too; where an image has each of them, separate them by | or ;"
      ),
      (
        .categoriesLikeGroup(column: "ward", values: 9, rows: 90),
        "warning: the column 'ward' repeats like a group (9 values in 90 rows) and is read as a feature: rows of one value"
          + " can come into different splits; --group-column ward keeps them together"
      ),
      (
        .columnLeftOut(column: "note", .nearlyUnique(levels: 80, rows: 90)),
        "warning: the column 'note' is left out: 80 different entries in 90 training rows are ids or free text;"
          + " --text-columns note makes features of texts, --categorical-columns note of categories"
      ),
      (
        .columnLeftOut(column: "kind", .rare(least: 5)),
        "warning: the column 'kind' is left out: no entry stands in 5 training rows; --category-least with a smaller"
          + " number keeps them"
      ),
      (
        .columnLeftOut(column: "dose", .empty),
        "warning: the column 'dose' is left out: no training row has a cell that is not missing"
      ),
    ]
    for (warning, words) in warnings {
      #expect(ReadingText.remarks([], [warning]) == [words])
    }
  }

  @Test func notesComeFirst() {
    #expect(
      ReadingText.lines(
        Reading(notes: [.emptyRows(1)], warnings: [.tablesNotRead(["a.csv"])]))
        == [
          "note: 1 row without a single entry passed over",
          "warning: a.csv is not read: the class folders decide; name the table itself to read it",
        ])
    #expect(ReadingText.lines(Reading()) == [])
  }
}
