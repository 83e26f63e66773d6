import Evaluation
import Files
import TestSupport
import Testing

@Suite("Tables of counts of change")
struct ChangeTableTests {
  private func read(_ text: String, unchanged: String = "same") throws -> ChangeTable {
    try withTemporaryFolder { folder in
      try AtomicFile.write(text, to: folder + "/c.csv")
      return try ChangeTable.read(folder + "/c.csv", unchanged: unchanged)
    }
  }

  @Test("rows of an image add up; 'unchanged' comes first whatever it is called")
  func reading() throws {
    let table = try read(
      "image,y_true,y_pred,count,group\n1,same,same,90,x\n1,built,same,4,x\n2,built,built,5,y\n"
        + "1,same,same,1,x\n2,felled,built,2,y\n")
    #expect(table.classes == ["same", "built", "felled"])
    #expect(table.images == ["1", "2"] && table.groups == ["x", "y"])
    #expect(table.confusions[0].counts == [91, 0, 0, 4, 0, 0, 0, 0, 0])
    #expect(table.total == ConfusionMatrix(rows: [[91, 0, 0], [4, 5, 0], [0, 2, 0]]))
    let plain = try read("image,y_true,y_pred\n1,same,same\n1,same,built\n1,same,built\n")
    #expect(plain.total == ConfusionMatrix(rows: [[1, 2], [0, 0]]) && plain.groups == nil)
  }

  @Test(
    "mistakes name file and line",
    arguments: [
      (
        "image,y_true,y_pred,count\n1,same,built,-3\n",
        "c.csv:2: expected a whole number from 0 to 1099511627776 as count, got '-3'"
      ),
      ("image,y_true,y_pred\n1,a,b\n", "expected 'same' and at least one kind of change among the"),
      ("image,y_true,y_pred,count\n1,same,built,9.0\n", "as count, got '9.0'"),
      (
        "image,y_true,y_pred\n1,same,\n",
        "c.csv:2: expected a class as truth and as report, got 'same' and ''"
      ),
      ("image,y_true,y_pred\n", "c.csv: has no counts, so there is nothing to measure"),
      ("image,y_true,y_pred,count\n1,same,built,0\n", "has no counts, so there is nothing"),
      ("image,y_true\n1,a\n", "c.csv:1: no column holds what was reported; expected y_pred,"),
    ])
  func mistakes(text: String, words: String) {
    let error = #expect(throws: FileError.self) { try read(text) }
    #expect(error?.description.contains(words) ?? false, "\(error?.description ?? "")")
  }
}
