import TestSupport
import Testing
import Uncertainty

@Suite("Incomplete beta function")
struct IncompleteBetaTests {
  @Test("equals scipy's, and so does its inverse, from 0.1 to a million")
  func golden() throws {
    let golden = try RateGolden.load().beta
    #expect(golden.count > 50)
    for row in golden {
      let (p, a, b) = (row[0], row[1], row[2])
      #expect(close(betaQuantile(p, a, b), row[3], relative: 1e-9), "\(row)")
      #expect(close(incompleteBeta(row[5], a, b), row[4], relative: 1e-9), "\(row)")
    }
  }

  @Test("closed forms: I_x(1, b) = 1 − (1 − x)ᵇ, I_x(a, 1) = xᵃ, and the mirror image")
  func closedForms() {
    for x in [0.0, 0.01, 0.3, 0.5, 0.9, 1.0] {
      #expect(close(incompleteBeta(x, 1, 3), 1 - (1 - x) * (1 - x) * (1 - x), absolute: 1e-15))
      #expect(close(incompleteBeta(x, 2, 1), x * x, absolute: 1e-15))
      #expect(
        close(incompleteBeta(x, 2.5, 7), 1 - incompleteBeta(1 - x, 7, 2.5), absolute: 1e-14))
    }
  }

  @Test("the ends of the quantile, and what is no probability")
  func ends() async {
    #expect(betaQuantile(0, 2, 3) == 0)
    #expect(betaQuantile(1, 2, 3) == 1)
    await #expect(processExitsWith: .failure) { _ = betaQuantile(1.5, 2, 3) }
    await #expect(processExitsWith: .failure) { _ = incompleteBeta(0.5, 0, 3) }
  }
}
