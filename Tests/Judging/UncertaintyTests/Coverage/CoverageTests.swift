import Decisions
import Randomness
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

  @Test(
    "AUROC of few positives, whether they spread as much, half or twice as much",
    arguments: [8, 30, 120])
  func areas(n: Int) {
    for spread in [0.5, 1, 2] {
      for row in study(400).areas(n, ratio: 3, spread: spread, truth: 0.9) {
        #expect(row.coverage > 0.9 && row.given > 390, "\(row.line)")
      }
    }
  }

  @Test("the difference of two AUROCs", arguments: [8, 30, 300])
  func areaDifference(n: Int) {
    for row in study(n == 300 ? 200 : 800).areaDifference(n) {
      #expect(row.coverage > 0.88, "\(row.line)")
    }
  }

  @Test("sampled class counts: overall metrics of 100 examples, the rare class harder")
  func sampled() {
    let names = ["accuracy", "log_loss", "brier", "mcc", "f1_macro"]
    for row in study(150, resamples: 300).metrics(names, 100, world: .unequal) {
      #expect(row.coverage > 0.87, "\(row.line)")
    }
  }

  @Test("a stratified bootstrap is too short for them, which is why they are not taken as fixed")
  func stratified() {
    // Fixed or sampled in the intervals, sampled in the world.
    let results = study(200).repeated { random -> [MetricInterval?] in
      let predictions = World.unequal.predictions(100, &random)[0]
      let seed = random.next()
      return [ClassCounts.fixed, .sampled].map { counts in
        let settings = IntervalSettings(resamples: 200, seed: seed, counts: counts, threads: 1)
        return Assessment(predictions, settings: settings).intervals["log_loss"]
      }
    }
    let (held, widths) = (
      [0, 1].map { place in
        results.count { $0[place]?.contains(Self.logLoss) == true }
      },
      [0, 1].map { place in
        results.reduce(0.0) { $0 + ($1[place].map { $0.high - $0.low } ?? 0) }
      }
    )
    #expect(held[0] < held[1] && widths[0] < 0.95 * widths[1], "\(held), \(widths)")
  }

  private static let logLoss = World.unequal.truths(["log_loss"])[0]

  @Test("a design that fixes class counts")
  func fixed() {
    for row in study(150).metrics(["accuracy", "log_loss"], 100, world: .fixed) {
      #expect(row.coverage > 0.87, "\(row.line)")
    }
  }

  @Test("paired differences, and a gate at the true difference")
  func differences() {
    for row in study(120).differences(["log_loss", "accuracy"], 200, world: .directions) {
      #expect(row.coverage > 0.86, "\(row.line)")
    }
    let gate = study(120).gate("log_loss", 200, world: .directions)
    #expect(gate.part(.ruledOut) < 0.09 && gate.part(.passes) < 0.09, "\(gate.line)")
  }

  @Test("twelve groups, equal and unequal; nine have no interval", arguments: [true, false])
  func grouped(isEven: Bool) {
    let world = World.grouped(0.5, isEven: isEven)
    for row in study(150).metrics(["accuracy", "mcc"], 12, world: world) {
      #expect(row.coverage > 0.84 && row.given > 100, "\(row.line)")
    }
    for row in study(5).metrics(["accuracy", "mcc"], 9, world: world) {
      #expect(row.given == 0, "\(row.line)")
    }
  }

  @Test("calibration errors, calibrated and not", arguments: [World.unequal, .overconfident])
  func calibration(world: World) {
    for row in study(120).metrics(["ece", "ece_classwise"], 200, world: world) {
      #expect(row.coverage > 0.86, "\(row.line)")
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
    for row in study(30, resamples: 40).prevalence(200) {
      #expect(row.coverage > 0.8, "\(row.line)")
    }
  }

  @Test("promises are kept where images come in groups, and after a flexible calibration")
  func promises() {
    for row in study(200).promises(40, correlation: 0.5) {
      #expect(row.coverage > 0.91 && row.given > 190, "\(row.line)")
    }
    for row in study(40).promises(150, after: .vector()) {
      #expect(row.coverage > 0.87 && row.given > 30, "\(row.line)")
    }
  }
}
