import Batches
import Datasets
import Foundation
import Testing

/// What is said of a standardisation that no row can be standardised by.
@Suite("Problems of standardisations")
struct StandardizationProblemTests {
  @Test(arguments: [
    (
      #"{"input":"images","names":["a"],"mean":[0],"std":[1]}"#,
      "expected features or series, got images"
    ),
    (
      #"{"input":"series","names":["a","b"],"mean":[0],"std":[1]}"#,
      "expected a name, mean and deviation of each feature, got 2, 1 and 1"
    ),
    (
      #"{"input":"features","names":["a"],"mean":[0],"std":[0]}"#,
      "expected finite means and deviations above 0"
    ),
    (
      #"{"input":"features","names":["a"],"mean":[0],"std":[-2]}"#,
      "expected finite means and deviations above 0"
    ),
  ])
  func saysWhatIsWrong(text: String, problem: String) throws {
    let read = try JSONDecoder().decode(Standardization.self, from: Data(text.utf8))
    #expect(read.problem == problem)
  }

  /// Values that are left as they are have the same names, and no centre and no scale.
  @Test func leavingValues() {
    let fitted = Standardization(
      input: .series, names: ["a", "b"], mean: [3, -1], std: [2, 0.5])
    let left = fitted.leavingValues
    #expect(left.names == ["a", "b"] && left.input == .series && left.width == 2)
    #expect(left.mean == [0, 0] && left.std == [1, 1] && left.problem == nil)
  }

  /// Rows that are not in the training part have no say.
  @Test func otherRowsHaveNoSay() {
    let rows = RowStore(features: [1, 1e30, 3, -7e20], width: 1)
    let fitted = Standardization(of: rows, members: [0, 2])
    #expect(fitted.mean == [2] && fitted.std == [1])
    // A row that is drawn twice counts twice: (1 + 1 + 3 + 3) / 4.
    #expect(Standardization(of: rows, members: [0, 0, 2, 2]) == fitted)
  }
}
