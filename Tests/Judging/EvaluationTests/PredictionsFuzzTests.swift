import Evaluation
import Foundation
import Randomness
import TestSupport
import Testing

@Suite("Damaged tables: an error or a result, never a crash")
struct PredictionsFuzzTests {
  static let seeds = [
    """
    path,y_true,y_pred,prob_cat,"prob_big, dog",group
    a/1.png,cat,cat,0.9,0.1,p1
    a/2.png,,"big, dog",0.25,0.75,"p ""2"" "
    a/3.png,"big, dog",cat,1e-05,0.99999,p1

    """,
    "\u{FEFF}id;label;logit_a;logit_b;logit_c\r\nx;a;1;-2.5;3e2\r\n\r\ny;c;0;0;0\r\n",
    ",image\tdx\tmel\tnv\tage\n0\tx\tnv\t0.125\t0.875\t63\n1\ty\tmel\t1\t0\t\n",
  ]

  /// 10,000 here; `make proofs` asks for 100,000 by the environment.
  static let mutants =
    Proofs.areAsked ? 100_000 : 10_000

  @Test("mutants of three kinds of table")
  func mutants() {
    var (results, errors) = (0, 0)
    for (number, seed) in Self.seeds.enumerated() {
      let fuzz = Fuzz(Array(seed.utf8), key: RandomKey(seed: 11).folding(number))
      for index in 0..<Self.mutants / Self.seeds.count + 1 {
        do throws(PredictionsError) {
          let predictions = try Predictions.read(bytes: fuzz.mutant(index), name: "p.csv")
          check(MetricsReport(predictions), predictions)
          results += 1
        } catch {
          #expect(error.description.hasPrefix("p.csv"), "\(error)")
          errors += 1
        }
      }
    }
    // Both happen, or the test says nothing.
    #expect(results > Self.mutants / 50)
    #expect(errors > Self.mutants / 4)
  }

  private func check(_ report: MetricsReport, _ predictions: Predictions) {
    #expect(report.n == predictions.truths.count { $0 != nil })
    for (name, value) in report.values { #expect(value.isFinite, "\(name)") }
    for row in 0..<predictions.count {
      #expect(abs(predictions[row].reduce(0, +) - 1) < 0.0011)
    }
  }
}
