import Evaluation
import Testing

@Suite("Predictions")
struct PredictionsTests {
  static func make(
    paths: [String] = ["a", "b"], truths: [Int?]? = [0, 1],
    probabilities: [Double] = [0.9, 0.1, 0.4, 0.6]
  ) throws -> Predictions {
    try Predictions(
      classes: ["cat", "dog"], paths: paths, truths: truths, probabilities: probabilities)
  }

  @Test("decides for the most probable, the first of equals")
  func decides() throws {
    let predictions = try Self.make(probabilities: [0.5, 0.5, 0.4, 0.6])
    #expect(predictions.predicted == [0, 1])
    #expect(Array(predictions[1]) == [0.4, 0.6])
    #expect(predictions.outcome(1)?.truth == 1)
    #expect(try Self.make(truths: [nil, 1]).outcome(0)?.truth == nil)
  }

  @Test("single precision becomes the number with the fewest digits that identify it")
  func shortest() throws {
    let p: [Float] = [0.1, 0.9]
    let predictions = try Predictions(classes: ["a", "b"], paths: ["x"], probabilities: p)
    #expect(predictions.probabilities == [0.1, 0.9])
    #expect(predictions.probabilities.map(Float.init) == p)
  }

  @Test("mistakes are named by row and path")
  func mistakes() {
    func message(_ body: () throws -> Predictions) -> String {
      do { return "no error: \(try body().count)" } catch { return "\(error)" }
    }
    #expect(
      message { try Self.make(paths: ["a", "a"]) }
        == "'a' has 2 predictions, in rows 1 and 2; every example must be evaluated exactly once")
    #expect(
      message { try Self.make(probabilities: [0.9, 0.1, .nan, 0.6]) }
        == "row 2 ('b'): expected probabilities between 0 and 1, got nan")
    #expect(
      message { try Self.make(probabilities: [0.9, 0.2, 0.4, 0.6]) }
        == "row 1 ('a'): expected probabilities that sum to 1, got a sum of 1.1")
    #expect(
      message { try Predictions(classes: ["a", "a"], paths: [], probabilities: [Double]()) }
        == "class 'a' occurs twice; class names must differ")
    #expect(
      message { try Predictions(classes: [], paths: [], probabilities: [Double]()) }
        == "predictions without classes: expected at least one column named prob_<class>")
  }

  @Test("lengths that do not agree trap")
  func lengths() async {
    await #expect(processExitsWith: .failure) {
      _ = try Predictions(classes: ["a"], paths: ["x"], probabilities: [Double]())
    }
    await #expect(processExitsWith: .failure) {
      _ = try Predictions(classes: ["a"], paths: ["x"], truths: [1], probabilities: [1.0])
    }
  }
}
