import Runs
import SteelyardCommand
import Testing

@Suite struct EpochTextTests {
  private let record = EpochRecord(
    epoch: 3, trainLoss: 0.5123, learningRate: 0.01, mixing: 0.167,
    drawn: [
      ClassDrawn(name: "cat", examples: 30, distinct: 12, mass: 0.75),
      ClassDrawn(name: "dog", examples: 10, distinct: 1, mass: 0.25),
    ], validation: ["mcc": 0.61, "log_loss": 0.7], isBest: true)

  /// Of a head that was fitted there is no loss, no rate and nothing drawn.
  @Test func aFittedHead() {
    let fitted = EpochRecord(
      epoch: 1, trainLoss: 0, learningRate: 0, mixing: nil,
      drawn: [ClassDrawn(name: "cat", examples: 0, distinct: 0, mass: 0)],
      validation: ["mcc": 0.61, "f1_macro": 0.5, "balanced_accuracy": 0.7], isBest: true)
    #expect(EpochText.isFitted(fitted) && !EpochText.isFitted(record))
    #expect(
      EpochText.summary(fitted, of: 1, metric: "mcc", seconds: 2)
        == "epoch 1/1: fitted, val mcc 0.610, val f1_macro 0.500, val balanced_accuracy 0.700, 0:02"
    )
  }

  @Test func summaryBeginsWithTheMetricThatChooses() {
    #expect(
      EpochText.summary(record, of: 30, metric: "loss", seconds: 75)
        == "epoch 3/30: loss 0.512, val loss 0.700, val mcc 0.610, val f1_macro n/a, "
        + "val balanced_accuracy n/a, λ 0.167, lr 0.01, 1:15, best so far")
  }

  @Test(arguments: [
    (0.01, "lr 0.01,"), (0.0123456, "lr 0.0123,"), (1.23456e-7, "lr 1.23e-07,"), (0, "lr 0,"),
  ])
  func theLearningRateHasSignificantDigits(rate: Double, words: String) {
    var record = record
    record.learningRate = rate
    let text = EpochText.summary(record, of: 30, metric: "mcc", seconds: 75)
    #expect(text.contains(words), "\(text)")
  }

  @Test func drawnNamesExamplesDistinctOnesAndMass() {
    #expect(
      EpochText.drawn(record)
        == "  drawn: cat 30 (12 distinct, 75.0 % of labels); dog 10 (1 distinct, 25.0 % of labels)")
  }
}
