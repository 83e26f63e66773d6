package import Evaluation
package import Schedules

/// How long, how the learning rate moves, and which epoch is best.
package struct ScheduleOptions: Declarations {
  package init() {}

  package let `protocol` = Declaration(
    "protocol", default: ProtocolChoice?.none, without: "none",
    help:
      "Take every option that is not given from a published experiment, two with Balanced-MixUp and one with LIFT: sizes,"
      + " schedule, optimiser, parts, metric.", value: "eyepacs|hyper-kvasir|lift")

  package let epochs = Declaration(
    "epochs", default: 30, range: .atLeast(1, most: 1_000_000),
    help: "Passes over the training part.")

  package let sched = Declaration(
    "sched", default: ScheduleKind.cosine, help: "Course of the learning rate.", value: "name")

  package let warmupEpochs = Declaration(
    "warmup-epochs", default: 0.0, range: .nonNegative, help: "Epochs of linear warm-up.")

  package let minLr = Declaration(
    "min-lr", default: 0.0, range: .nonNegative,
    help: "Lowest learning rate of cosine and plateau.")

  package let decayEpochs = Declaration(
    "decay-epochs", default: 10.0, range: .positive, help: "Epochs between the drops of step.")

  package let decayRate = Declaration(
    "decay-rate", default: 0.1, range: .properFraction,
    help: "Factor of a drop of step and plateau.")

  package let patienceEpochs = Declaration(
    "patience-epochs", default: 2, range: .atLeast(0),
    help: "Epochs without gain before plateau drops.")

  package let evalMetric = Declaration(
    "eval-metric", default: SelectionMetric.mcc,
    help: "Metric on validation that picks the best epoch.", value: "name")

  package let earlyStopping = Declaration(
    "early-stopping", default: Int?.none, without: "never", range: .optional(.atLeast(1)),
    help: "Stop after this many epochs without gain.", value: "epochs")
}
