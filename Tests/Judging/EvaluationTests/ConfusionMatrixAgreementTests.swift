import Evaluation
import Randomness
import TestSupport
import Testing

@Suite("Agreement between truth and prediction")
struct ConfusionMatrixAgreementTests {
  private func matrices(_ body: (ConfusionMatrix, String) -> Void) {
    for number in 1...200 {
      var random = RandomKey(seed: UInt64(number)).folding("matrices").source
      let classes = 2 + random.below(5)
      let rows = (0..<classes).map { _ in (0..<classes).map { _ in random.below(20) } }
      body(ConfusionMatrix(rows: rows), "\(rows)")
    }
  }

  private func transposed(_ confusion: ConfusionMatrix) -> ConfusionMatrix {
    let rows = confusion.rows
    return ConfusionMatrix(rows: rows.indices.map { column in rows.map { $0[column] } })
  }

  @Test("kappa is 1 − Σ w O / Σ w E, in floating point")
  func kappa() {
    matrices { confusion, name in
      let all = Double(confusion.total)
      let (support, predicted) = (confusion.support, confusion.predicted)
      for weights in [ConfusionMatrix.KappaWeights.equal, .linear, .quadratic] {
        var (observed, expected) = (0.0, 0.0)
        for truth in support.indices {
          for decided in support.indices {
            let distance = Double(abs(truth - decided))
            let weight =
              switch weights {
              case .equal: distance > 0 ? 1.0 : 0
              case .linear: distance
              case .quadratic: distance * distance
              }
            observed += weight * Double(confusion[truth, decided])
            expected += weight * Double(support[truth]) * Double(predicted[decided]) / all
          }
        }
        let value = confusion.cohenKappa(weights) ?? .nan
        #expect(close(value, 1 - observed / expected, absolute: 1e-12), "\(name)")
      }
    }
  }

  @Test("truth and prediction exchanged change no agreement")
  func exchange() {
    matrices { confusion, name in
      let other = transposed(confusion)
      #expect(confusion.accuracy == other.accuracy, "\(name)")
      #expect(confusion.kendallTau == other.kendallTau, "\(name)")
      for weights in [ConfusionMatrix.KappaWeights.equal, .linear, .quadratic] {
        #expect(confusion.cohenKappa(weights) == other.cohenKappa(weights), "\(name)")
      }
      let (one, two) = (confusion.matthewsCorrelation ?? 9, other.matthewsCorrelation ?? 9)
      #expect(close(one, two, absolute: 1e-15), "\(name)")
    }
  }

  @Test("two classes: all weights of kappa agree, Matthews is the phi coefficient and tau-b")
  func binary() {
    for number in 1...200 {
      var random = RandomKey(seed: UInt64(number)).folding("binary").source
      let counts = (0..<4).map { _ in 1 + random.below(30) }
      let confusion = ConfusionMatrix(rows: [Array(counts[..<2]), Array(counts[2...])])
      #expect(confusion.cohenKappa(.linear) == confusion.cohenKappa())
      #expect(confusion.cohenKappa(.quadratic) == confusion.cohenKappa())
      let (tn, fp, fn, tp) = (
        Double(counts[0]), Double(counts[1]), Double(counts[2]), Double(counts[3])
      )
      let phi =
        (tp * tn - fp * fn) / ((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)).squareRoot()
      #expect(close(confusion.matthewsCorrelation ?? 9, phi, absolute: 1e-12))
      #expect(close(confusion.kendallTau ?? 9, phi, absolute: 1e-12))
    }
  }

  @Test("independent truth and prediction agree no more than by chance")
  func independent() {
    // Rows in proportion: 1 : 2 : 3 in the prediction whatever the truth.
    let confusion = ConfusionMatrix(rows: [[10, 20, 30], [1, 2, 3], [5, 10, 15]])
    #expect(abs(confusion.cohenKappa() ?? 9) < 1e-15)
    #expect(abs(confusion.cohenKappa(.quadratic) ?? 9) < 1e-15)
    #expect(confusion.matthewsCorrelation == 0)
    #expect(confusion.kendallTau == 0)
  }

  @Test("a grade missed by one costs less than one missed by two, unless weights are equal")
  func grades() {
    let near = ConfusionMatrix(rows: [[8, 2, 0], [2, 6, 2], [0, 2, 8]])
    let far = ConfusionMatrix(rows: [[8, 0, 2], [2, 6, 2], [2, 0, 8]])
    #expect(near.accuracy == far.accuracy)
    for weights in [ConfusionMatrix.KappaWeights.linear, .quadratic] {
      #expect((near.cohenKappa(weights) ?? 0) > (far.cohenKappa(weights) ?? 1))
    }
    #expect((near.kendallTau ?? 0) > (far.kendallTau ?? 1))
  }

  @Test("counts of the published size do not overflow")
  func large() {
    let rows = ConfusionMatrixTests.published[0].rows.map { $0.map { $0 * 10_000 } }
    let (small, large) = (
      ConfusionMatrix(rows: ConfusionMatrixTests.published[0].rows), ConfusionMatrix(rows: rows)
    )
    for weights in [ConfusionMatrix.KappaWeights.equal, .linear, .quadratic] {
      #expect(close(large.cohenKappa(weights) ?? 0, small.cohenKappa(weights) ?? 1))
    }
    #expect(close(large.matthewsCorrelation ?? 0, small.matthewsCorrelation ?? 1))
    #expect(close(large.kendallTau ?? 0, small.kendallTau ?? 1, relative: 1e-6))
  }
}
