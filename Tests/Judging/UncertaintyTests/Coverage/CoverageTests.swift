import Foundation
import Randomness
import TestSupport
import Testing
import Uncertainty

/// A small, fast version with generous bounds runs with every test; `make proofs` runs the large one and
/// writes `Results/coverage.md`.
@Suite("Coverage of the intervals", .serialized)
struct CoverageTests {
  private func study(_ repetitions: Int, resamples: Int = 200) -> CoverageStudy {
    CoverageStudy(
      key: RandomKey(seed: 2024), repetitions: repetitions, resamples: resamples)
  }

  @Test(
    "rates: Wilson's holds 95 % about, Clopper and Pearson's at least", arguments: [8, 30, 300])
  func rates(n: Int) {
    for rate in [0.5, 0.8, 0.95] {
      let rows = study(2000).rates(n, rate: rate)
      #expect(rows[0].coverage > 0.91, "\(rows[0].line)")
      #expect(rows[1].coverage > 0.94, "\(rows[1].line)")
    }
  }

  @Test("the difference of two rates of the same examples", arguments: [8, 30, 300])
  func pairedRates(n: Int) {
    for row in study(2000).pairedRates(n) { #expect(row.coverage > 0.93, "\(row.line)") }
  }

  @Test(
    "images of patients: the interval for groups holds, the plain one does not", arguments: [8, 30])
  func groupedRate(n: Int) {
    let rows = study(1000).groupedRate(n, rate: 0.8)
    #expect(rows[0].coverage > 0.91, "\(rows[0].line)")
    #expect(rows[1].coverage < rows[0].coverage - 0.06, "\(rows[1].line)")
  }

  @Test("AUROC: DeLong's on the logit scale, and the score interval", arguments: [8, 30, 300])
  func areas(n: Int) {
    for truth in [0.8, 0.95] {
      for row in study(n == 300 ? 200 : 800).areas(n, truth: truth) {
        #expect(row.coverage > 0.9 && row.given > 190, "\(row.line)")
      }
    }
  }

  @Test("the difference of two AUROCs", arguments: [8, 30, 300])
  func areaDifference(n: Int) {
    for row in study(n == 300 ? 200 : 800).areaDifference(n) {
      #expect(row.coverage > 0.88, "\(row.line)")
    }
  }

  @Test("bootstrap of 300 examples", arguments: [World.examples, .models])
  func bootstrap(world: World) {
    let rows = study(100).metrics(["f1_macro", "mcc", "log_loss"], 300, world: world)
    for row in rows where row.interval != "basic" {
      #expect(row.coverage > 0.85, "\(row.line)")
    }
  }

  @Test("bootstrap of 30 patients with five examples each")
  func clustered() {
    let rows = study(100).metrics(["accuracy", "log_loss"], 30, world: .patients)
    for row in rows where row.interval != "basic" {
      #expect(row.coverage > 0.8, "\(row.line)")
    }
  }

  @Test("calibration errors: the basic interval takes out the bias that sinks the others")
  func calibration() {
    let rows = study(200).metrics(["ece", "ece_classwise"], 300, world: .examples)
    for row in rows where row.interval == "basic" {
      #expect(row.coverage > 0.8, "\(row.line)")
    }
  }

  @Test("what is read at a threshold that is chosen again in each resample")
  func thresholds() {
    for row in study(100).thresholds(300) { #expect(row.coverage > 0.86, "\(row.line)") }
  }

  @Test("detectors and changes, by whole images")
  func images() {
    for row in study(100).detection(60) + study(100).change(60) {
      #expect(row.coverage > 0.86, "\(row.line)")
    }
  }

  @Test("predictive values and flags at another prevalence; that prevalence")
  func decisions() {
    for row in study(400).predictive(30) { #expect(row.coverage > 0.92, "\(row.line)") }
    for row in study(60).prevalence(300) { #expect(row.coverage > 0.85, "\(row.line)") }
  }

  private static let isProof = ProcessInfo.processInfo.environment["STEELYARD_PROOFS"] == "1"

  @Test("Results/coverage.md", .enabled(if: isProof, "make proofs writes it"))
  func proofs() throws {
    var rows: [CoverageRow] = []
    let names = [
      "accuracy", "balanced_accuracy", "f1_macro", "mcc", "cohen_kappa_quadratic", "roc_auc_ovr",
      "roc_auc_ovo", "average_precision", "log_loss", "brier", "ece", "ece_classwise",
    ]
    for n in [8, 30, 300] {
      for rate in [0.5, 0.8, 0.95] { rows += study(10_000).rates(n, rate: rate) }
      rows += study(10_000).pairedRates(n) + study(5000).groupedRate(n, rate: 0.8)
      for truth in [0.8, 0.95] { rows += study(5000).areas(n, truth: truth) }
      rows += study(5000).areaDifference(n)
      rows += study(2000, resamples: 999).thresholds(n)
      rows += study(2000, resamples: 999).detection(n) + study(2000, resamples: 999).change(n)
      rows += study(10_000).predictive(n) + study(1000, resamples: 499).prevalence(n)
      for world in [World.examples, .models, .patients] {
        rows += study(2000, resamples: 999).metrics(names, n, world: world)
      }
    }
    let text = Self.introduction + ([CoverageRow.header] + rows.map(\.line)).joined(separator: "\n")
    let path = Golden.root.appendingPathComponent("Results/coverage.md")
    try Data((text + "\n").utf8).write(to: path)
  }

  private static let introduction = """
    # How often a 95 % interval holds the truth

    Written by `make proofs` (`Tests/UncertaintyTests/Coverage`), from experiments whose truth is known. `n` counts
    examples of a rate; positives of an AUROC, of a threshold or of a predictive value, with three times as many
    negatives; images of a detector (froc), of change maps (sek) or of unknown prevalence; examples of three classes in
    the proportions 6 : 3 : 1, whose logits are normal, 1.5 higher for the true class; or patients with five examples each,
    whose logits share half of their variance. Bootstrap: 999 resamples. The standard error of a coverage is .5
    points with 2,000 repetitions. "None given" are repetitions in which every resample gave the same value (all
    right, say), so that the bootstrap is silent.

    With 8 examples the rarest class has one, and no resampling can know how it varies: read counts there, and the
    score intervals of rates. A calibration error is a mean of absolute values and too high in small sets; only the
    basic interval, which it gets, takes that out. Single values get BCa, differences percentile. With 8 positives
    net benefit and with 8 images an estimated prevalence hold the truth in 70 of 100 repetitions only, and with 30 in 90.


    """
}
