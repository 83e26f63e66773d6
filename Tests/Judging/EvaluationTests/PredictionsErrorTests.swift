import Evaluation
import Files
import Testing

@Suite("What is wrong with predictions, in English")
struct PredictionsErrorTests {
  @Test(
    "messages",
    arguments: [
      (
        PredictionsError.noClasses,
        "predictions without classes: expected at least one column named prob_<class>"
      ),
      (.duplicateClass("a"), "class 'a' occurs twice; class names must differ"),
      (
        .duplicatePath("x.png", rows: [2, 9]),
        "'x.png' has 2 predictions, in rows 2 and 9; every example must be evaluated exactly once"
      ),
      (
        .notAProbability("x.png", row: 4, value: "1.5"),
        "row 4 ('x.png'): expected probabilities between 0 and 1, got 1.5"
      ),
      (
        .badSum("x.png", row: 4, sum: 0.5),
        "row 4 ('x.png'): expected probabilities that sum to 1, got a sum of 0.5"
      ),
      (.file(.isFolder(path: "runs")), "runs: is a folder, expected a file"),
      (
        .inFile("p.csv", .duplicateClass("a")),
        "p.csv: class 'a' occurs twice; class names must differ"
      ),
    ])
  func messages(error: PredictionsError, message: String) {
    #expect(error.description == message)
    #expect("\(error)" == message)
  }
}
