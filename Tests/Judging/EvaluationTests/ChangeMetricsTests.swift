import Evaluation
import TestSupport
import Testing

@Suite("Change between two images")
struct ChangeMetricsTests {
  /// Rows the truth: the transpose of the published table, whose rows are the prediction.
  static let example = ChangeMetrics(
    ConfusionMatrix(rows: [[900, 20, 0], [10, 30, 5], [5, 5, 25]]))

  @Test("the worked example")
  func worked() {
    func near(_ value: Double?, _ expected: Double) -> Bool {
      abs((value ?? .nan) - expected) <= 0.000005
    }
    #expect(near(Self.example.separatedKappa, 0.27126))
    #expect(near(Self.example.changedIoU, 0.65))
    #expect(near(Self.example.meanIoU, 0.80628))
    #expect(near(Self.example.separatedKappaCoefficient, 0.19115))
    #expect(near(Self.example.f1, 0.66667))
    #expect(near(Self.example.accuracy, 0.955))
    #expect(near(Self.example.score, 0.3 * 0.80628 + 0.7 * 0.19115))
  }

  @Test("all right is 1")
  func perfect() {
    let perfect = ChangeMetrics(ConfusionMatrix(rows: [[50, 0, 0], [0, 7, 0], [0, 0, 3]]))
    #expect(perfect.separatedKappaCoefficient == 1)
    #expect(perfect.meanIoU == 1)
    #expect(perfect.f1 == 1)
  }

  @Test("never reporting a change is worth nothing, however accurate")
  func silent() {
    let silent = ChangeMetrics(ConfusionMatrix(rows: [[90, 0, 0], [6, 0, 0], [4, 0, 0]]))
    #expect(silent.accuracy == 0.9)
    #expect(silent.separatedKappaCoefficient == 0)
    #expect(silent.precision == nil)
    #expect(silent.recall == 0)
    #expect(silent.f1 == nil)
    #expect(silent.changedIoU == 0)
  }

  @Test("nothing changed, nothing reported: what has no denominator is undefined")
  func nothing() {
    let nothing = ChangeMetrics(ConfusionMatrix(rows: [[90, 0], [0, 0]]))
    #expect(nothing.separatedKappa == 0)
    #expect(nothing.changedIoU == nil)
    #expect(nothing.unchangedIoU == 1)
    #expect(nothing.meanIoU == nil)
    #expect(nothing.score == nil)
    let empty = ChangeMetrics(ConfusionMatrix(classes: 3))
    #expect(empty.accuracy == nil)
    #expect(empty.unchangedIoU == nil)
    #expect(empty.separatedKappaCoefficient == 0)
  }

  @Test("only one kind of change, always right: chance agrees fully")
  func oneKind() {
    let one = ChangeMetrics(ConfusionMatrix(rows: [[90, 0], [0, 10]]))
    #expect(one.separatedKappa == 0)
    #expect(one.f1 == 1)
  }

  @Test(
    "truth and prediction exchanged keep kappa and intersections, exchange precision and recall")
  func transposed() {
    let other = ChangeMetrics(ConfusionMatrix(rows: [[900, 10, 5], [20, 30, 5], [0, 5, 25]]))
    #expect(close(other.separatedKappaCoefficient, Self.example.separatedKappaCoefficient))
    #expect(other.changedIoU == Self.example.changedIoU)
    #expect(other.precision == Self.example.recall)
    #expect(other.recall == Self.example.precision)
  }

  @Test("one class traps")
  func oneClass() async {
    await #expect(processExitsWith: .failure) { _ = ChangeMetrics(ConfusionMatrix(classes: 1)) }
  }
}
