import Decisions
import Foundation
import Randomness
import TestSupport
import Testing
import Uncertainty

private let environment = ProcessInfo.processInfo.environment

/// `make proofs` runs the large simulation and writes `Results/coverage.md`.
@Suite(
  "Results/coverage.md", .serialized,
  .enabled(if: environment["STEELYARD_PROOFS"] == "1", "make proofs writes it"))
struct CoverageProof {
  /// Repetitions of a cell; fewer for a look.
  private static let repetitions = Int(environment["STEELYARD_REPETITIONS"] ?? "") ?? 2000

  private func study(_ part: Int = 1, resamples: Int = 499) -> CoverageStudy {
    CoverageStudy(
      key: RandomKey(seed: 2024), repetitions: max(20, Self.repetitions / part),
      resamples: resamples)
  }

  @Test("written anew")
  func proofs() throws {
    let (own, compared, gates, plain) = (sampled() + grouped(), differences(), gates(), plain())
    let text =
      Self.introduction + "\n## Metrics\n\n" + table(CoverageRow.worldHeader, own.map(\.line))
      + "\n## Paired differences\n\n" + table(CoverageRow.worldHeader, compared.map(\.line))
      + "\n## A gate at the true difference\n\n" + table(GateRow.header, gates.map(\.line))
      + "\n## Rates, areas, thresholds, images, decisions\n\n"
      + table(CoverageRow.header, plain.map(\.line))
    let path = Golden.root.appendingPathComponent("Results/coverage.md")
    try Data(text.utf8).write(to: path)
  }

  private func table(_ header: String, _ lines: [String]) -> String {
    ([header] + lines).joined(separator: "\n") + "\n"
  }

  private static let names = [
    "accuracy", "balanced_accuracy", "f1_macro", "mcc", "g_mean", "roc_auc_ovr",
    "average_precision", "log_loss", "brier", "ece", "ece_classwise",
  ]
  private static let fewer = ["accuracy", "balanced_accuracy", "mcc", "log_loss", "brier"]

  private func sampled() -> [CoverageRow] {
    var rows: [CoverageRow] = []
    for n in [30, 100, 300] { rows += study().metrics(Self.names, n, world: .unequal) }
    for world in [World.overconfident, .underconfident, .balanced, .fixed] {
      rows += study().metrics(Self.names, 200, world: world)
    }
    // From 5 to 100 positives on average.
    for (ratio, n) in [(1, 20), (1, 200), (10, 110), (10, 440), (100, 1010), (100, 2020)] {
      rows += study(n > 500 ? 4 : 1).metrics(Self.names, n, world: .ratio(ratio))
    }
    rows += study(2).metrics(Self.names, 300, world: .many(10, rarest: 0.1))
    rows += study(10).metrics(Self.names, 500, world: .many(50, rarest: 0.1))
    return rows
  }

  private func grouped() -> [CoverageRow] {
    var rows: [CoverageRow] = []
    for n in [8, 10, 12, 20, 40, 60] {
      for isEven in [true, false] {
        for correlation in [0, 0.5] {
          let world = World.grouped(correlation, isEven: isEven)
          rows += study(n > 20 ? 2 : 1).metrics(Self.fewer, n, world: world)
        }
      }
    }
    return rows
  }

  private func differences() -> [CoverageRow] {
    var rows: [CoverageRow] = []
    for world in [World.directions, .equal] {
      for n in [30, 100, 400] { rows += study(2).differences(Self.fewer, n, world: world) }
    }
    let grouped = World.equal.inGroups(0.5, sizes: [1, 2, 3, 4, 6, 10, 2, 20, 1, 5])
    for n in [12, 40] { rows += study(2).differences(Self.fewer, n, world: grouped) }
    return rows
  }

  private func gates() -> [GateRow] {
    let grouped = World.equal.inGroups(0.5, sizes: [6])
    return [
      study().gate("log_loss", 400, world: .directions), study().gate("mcc", 100, world: .equal),
      study().gate("accuracy", 100, world: .equal), study().gate("mcc", 8, world: grouped),
      study().gate("mcc", 12, world: grouped), study().gate("mcc", 40, world: grouped),
      study().gate(
        ["accuracy", "mcc", "f1_macro", "log_loss", "brier", "roc_auc_ovr"], 200, world: .equal),
    ]
  }

  private func plain() -> [CoverageRow] {
    var rows: [CoverageRow] = []
    for n in [8, 30, 300] {
      for rate in [0.5, 0.8, 0.95] { rows += study().rates(n, rate: rate) }
      rows += study().pairedRates(n) + study().groupedRate(n, rate: 0.8)
      rows += study().areaDifference(n) + study().predictive(n)
      rows += study(2).thresholds(n) + study(2).detection(n) + study(2).change(n)
      if n > 8 { rows += study(10).prevalence(n) }
    }
    for (n, correlation) in [(20, 0.5), (40, 0), (40, 0.5), (100, 0.5)] {
      rows += study().promises(n, correlation: correlation)
    }
    for method in [CalibrationMethod.temperature, .vector(), .isotonic, .dirichlet()] {
      rows += study(10).promises(200, after: method)
    }
    for n in [5, 10, 20, 40, 100] {
      for ratio in [1, 10, 100, 1000] where n * ratio <= 20_000 {
        for spread in [0.5, 1, 2] {
          rows += study(n * ratio > 2000 ? 4 : 1).areas(n, ratio: ratio, spread: spread, truth: 0.9)
        }
      }
    }
    return rows
  }

  private static let introduction = """
    # How often a 95 % interval holds the truth

    Written by `make proofs` (`Tests/Judging/UncertaintyTests/Coverage`), from worlds whose truth is known. What is shown is
    what a report offers: the interval that the rules choose, with its name, "none given" where they give none. The seed
    of every cell is 2024, so that the table can be made again. Bootstrap: 499 resamples; the standard error of a coverage
    is .5 points with 2,000 repetitions, 1.5 with 200. A cell has 2,000, or some part of them where it takes long, unless
    `STEELYARD_REPETITIONS` says otherwise: the last column.

    Worlds: three classes 7 : 2 : 1 whose rare class is harder, calibrated, with logits half as large again, halved, or without
    the priors (trained balanced); two classes 1 : 1 to 1 : 100; 10 and 50 classes of unequal difficulty; groups of 6 or of 1 to
    20 images that share none or half of the variance. `n` counts images; groups where there are any; positives of an AUROC,
    of a threshold and of a predictive value; images of a class of a promise, or groups. Class counts are sampled but for
    "the same numbers in every sample", whose intervals take them as fixed. For promises the coverage is how often the rate
    among new images is as promised, and the width the mean rate that is reached.

    Not offered, and why: anything from resamples of fewer than 10 groups or images (they vary too little); metrics of the
    decisions of two classes where nothing of one is found, and the geometric mean where a class is not found or classes are
    lacking in resamples (all resamples agree on what is not known); a specificity at a sensitivity of fewer than 10 positives.

    Offered, and short of 92 %, beyond what so few repetitions leave open: paired differences of balanced accuracy of 30 images
    (84 to 87 %), of accuracies of 12 groups (88 %), log loss and Brier score of 10 to 12 groups that share half of the variance
    (89 to 91 %), and a prevalence with 30 labelled images (85 %). Offered, and too long: AUROC and average precision of few
    positives and calibration errors (up to 100 %), metrics of decisions where a rare class has few right. Two equal models pass a requirement of 0
    rightly; only "ruled out" is a false alarm there.


    """
}
