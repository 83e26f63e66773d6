import Runs
import SteelyardCommand
import Testing

/// The line of an epoch where the target is labels or a number, and where nothing is validated.
@Suite struct EpochOfTargetsTextTests {
  private func record(_ validation: [String: Double], best: Bool = false, mixing: Double? = nil)
    -> EpochRecord
  {
    EpochRecord(
      epoch: 2, trainLoss: 0.25, learningRate: 0.1, mixing: mixing,
      drawn: [ClassDrawn(name: "a", examples: 3, distinct: 2, mass: 1)], validation: validation,
      isBest: best)
  }

  private func text(_ record: EpochRecord, _ metric: String, seconds: Double = 5) -> String {
    EpochText.summary(record, of: 9, metric: metric, seconds: seconds)
  }

  @Test func ofLabels() {
    let found = record(["average_precision_macro": 0.5, "roc_auc_macro": 0.75, "f1_macro": 0.4])
    #expect(
      text(found, "average_precision_macro")
        == "epoch 2/9: loss 0.250, val average_precision_macro 0.500, val roc_auc_macro 0.750, lr 0.1, 0:05"
    )
    #expect(
      text(found, "f1_macro")
        == "epoch 2/9: loss 0.250, val f1_macro 0.400, val average_precision_macro 0.500, val roc_auc_macro 0.750, lr 0.1, 0:05"
    )
  }

  @Test func ofNumbers() {
    let found = record(["mae": 1, "rmse": 2, "pearson": 0.3], best: true)
    #expect(
      text(found, "mae")
        == "epoch 2/9: loss 0.250, val mae 1.000, val rmse 2.000, val pearson 0.300, lr 0.1, 0:05, best so far"
    )
    #expect(
      text(found, "r2")
        == "epoch 2/9: loss 0.250, val r2 n/a, val mae 1.000, val rmse 2.000, val pearson 0.300, lr 0.1, 0:05, best so far"
    )
  }

  /// Without validation there is no best epoch to speak of.
  @Test func withoutValidation() {
    #expect(text(record([:], best: true), "mcc") == "epoch 2/9: loss 0.250, lr 0.1, 0:05")
    #expect(
      text(record([:], best: true, mixing: 0.5), "mcc", seconds: 3661.4)
        == "epoch 2/9: loss 0.250, λ 0.500, lr 0.1, 1:01:01")
  }

  /// A loss that is no number is said to be none.
  @Test func lossesBeyondNumbers() {
    var found = record([:])
    found.trainLoss = .nan
    #expect(text(found, "mcc").hasPrefix("epoch 2/9: loss nan, "))
    found.trainLoss = .infinity
    #expect(text(found, "mcc").hasPrefix("epoch 2/9: loss inf, "))
  }

  /// A rate of 0 alone is no fit, nor are no draws alone: the last step of a cosine has a rate of 0.
  @Test func whatIsAFit() {
    var found = record([:])
    found.learningRate = 0
    #expect(!EpochText.isFitted(found))
    found.drawn = [ClassDrawn(name: "a", examples: 0, distinct: 0, mass: 0)]
    #expect(EpochText.isFitted(found))
    found.learningRate = 1e-300
    #expect(!EpochText.isFitted(found))
    found.drawn = []
    found.learningRate = 0
    #expect(EpochText.isFitted(found), "a set without classes, as numbers are")
  }

  @Test func drawnOfManyClasses() {
    var found = record([:])
    found.drawn = [
      ClassDrawn(name: "a; b", examples: 0, distinct: 0, mass: 0),
      ClassDrawn(name: "c", examples: 9, distinct: 9, mass: 0.999_96),
    ]
    #expect(
      EpochText.drawn(found)
        == "  drawn: a; b 0 (0 distinct, 0.0 % of labels); c 9 (9 distinct, 100.0 % of labels)")
    found.drawn = []
    #expect(EpochText.drawn(found) == "  drawn: ")
  }
}
