import Ordinal
import Randomness
import TestSupport
import Testing

@Suite struct CumulativeModelTests {
  /// Probabilities and the count of crossed rows as NumPy has them.
  @Test func crossedRowsAreStraightenedAndCounted() throws {
    let golden = try OrdinalGolden.load().crossed
    let model = CumulativeModel(thresholds: golden.thresholds, coefficients: golden.coefficients)
    let found = model(golden.features)
    #expect(difference(found.probabilities, golden.probabilities, absolute: 1e-12) == nil)
    #expect(found.straightened == golden.straightened)
    #expect(found.straightened > 0 && found.straightened < golden.features.count / model.width)
    #expect(found.probabilities.allSatisfy { $0 >= 0 })
  }

  /// A rare grade keeps its digits: 1 − σ(36) is 2.3e-16, less than a difference from 1 could say.
  @Test func smallProbabilitiesKeepTheirDigits() {
    let model = CumulativeModel(thresholds: [0, 36], coefficients: [0, 0])
    let p = model([1]).probabilities
    #expect(close(p[2], 2.319522830243569e-16, relative: 1e-12))
    #expect(model([1]).straightened == 0)
  }

  @Test func misuseTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = CumulativeModel(thresholds: [0, 1], coefficients: [1, 2, 3])
    }
    await #expect(processExitsWith: .failure) {
      _ = GradedRows(features: [1, 2], width: 1, labels: [0, 2], grades: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = FusedOdds(lambda: -1)(
        GradedRows(features: [1, 2], width: 1, labels: [0, 1], grades: 2), key: .init(seed: 0))
    }
  }
}
