import Evaluation
import Testing
import Uncertainty

@Suite("What cannot be compared")
struct ComparisonErrorTests {
  private func predictions(
    _ paths: [String], truths: [Int?]? = nil, classes: [String] = ["well", "ill"]
  ) throws -> Predictions {
    try Predictions(
      classes: classes, paths: paths, truths: truths ?? paths.map { _ in 0 },
      probabilities: paths.flatMap { _ in [0.75, 0.25] })
  }

  private func message(_ first: Predictions, _ second: Predictions) -> String? {
    do throws(ComparisonError) {
      _ = try Comparison(first, second, settings: IntervalSettings(resamples: 1))
      return nil
    } catch {
      return error.description
    }
  }

  @Test("missing examples are named, three of them")
  func missing() throws {
    let all = try predictions(["a", "b", "c", "d", "e"])
    let some = try predictions(["a"])
    #expect(
      message(all, some)
        == "4 of the examples are missing from the second predictions: 'b', 'c', 'd' and 1 more;"
        + " a paired comparison needs predictions of the same examples")
    #expect(
      message(some, try predictions(["a", "b"]))
        == "1 of the examples are missing from the first predictions: 'b';"
        + " a paired comparison needs predictions of the same examples")
  }

  @Test("other classes; the same classes in another order are matched by name")
  func classes() throws {
    let first = try predictions(["a"])
    #expect(
      message(first, try predictions(["a"], classes: ["well", "sick"]))
        == "the two models have different classes: only the first has 'ill', only the second 'sick'"
    )
    #expect(
      message(first, try predictions(["a"], truths: [1], classes: ["ill", "well"])) == nil)
  }

  @Test("other truths, and none")
  func truths() throws {
    let first = try predictions(["a", "b"], truths: [0, 1])
    #expect(
      message(first, try predictions(["b", "a"], truths: [0, 0]))
        == "'b' is ill in the first predictions and well in the second; both must be judged by the"
        + " same truth")
    let none = try predictions(["a", "b"], truths: [nil, nil])
    #expect(
      message(none, none) == "no example has a truth (column y_true); nothing can be compared")
    #expect(message(first, none)?.contains("without truth in the second") == true)
  }
}
