import Foundation
import Studies
import TestSupport
import Testing

/// Stable laws beside Zolotarev's integral, and what holds of every law.
@Suite struct StableLawTests {
  /// To 10⁻⁸ up to 500, on both sides of 0 and of the place where the series takes over.
  @Test func lawsAreZolotarevs() throws {
    let golden: [[Double]] = try Golden.load("Studies/stable.json")
    #expect(golden.count == 60)
    for row in golden {
      let law = StableLaw(alpha: row[0])
      let (above, below) = (law.probability(below: row[1]), law.probability(below: -row[1]))
      #expect(close(above, row[2], relative: 0, absolute: 1e-8), "\(row): \(above)")
      #expect(close(below, 1 - row[2], relative: 0, absolute: 1e-8), "\(row): \(below)")
    }
  }

  /// A distribution rises from 0 to 1, is ½ at 0, and has no step where its form changes.
  @Test(arguments: [1, 1.01, 1.25, 1.5, 1.9, 1.999, 2]) func everyLawIsADistribution(
    alpha: Double
  ) {
    let law = StableLaw(alpha: alpha)
    #expect(law.probability(below: 0) == 0.5)
    #expect(law.probability(below: .infinity) == 1 && law.probability(below: -.infinity) == 0)
    var before = 0.0
    for step in -20...20 {
      let x = Double(step) * 2.5
      let p = law.probability(below: x)
      #expect(p >= before - 1e-9 && p <= 1 + 1e-12, "\(alpha), \(x)")
      #expect(close(p + law.probability(below: -x), 1, relative: 0, absolute: 1e-12))
      before = p
    }
    for x in [-40.0, 40] {
      let (near, far) = (
        law.probability(below: x * (1 - 1e-9)), law.probability(below: x * (1 + 1e-9))
      )
      #expect(close(near, far, relative: 0, absolute: 2e-8), "\(alpha), \(x)")
    }
  }

  /// Laws near Cauchy's and near the normal one are near them; tails are the heavier the smaller α.
  @Test func theEndsAreReached() {
    for x in [-3.0, -0.5, 0.1, 1, 8] {
      let (normal, cauchy) = (StableLaw(alpha: 2), StableLaw(alpha: 1))
      #expect(
        close(
          StableLaw(alpha: 1.9999).probability(below: x), normal.probability(below: x),
          relative: 0, absolute: 1e-4))
      #expect(
        close(
          StableLaw(alpha: 1.0001).probability(below: x), cauchy.probability(below: x),
          relative: 0, absolute: 1e-4))
    }
    let tails = [1, 1.2, 1.4, 1.6, 1.8, 2].map { StableLaw(alpha: $0).probability(below: -20) }
    #expect(tails == tails.sorted(by: >))
    #expect(
      [1, 1.5, 2, 1.25].map { StableLaw(alpha: $0).name }
        == ["Cauchy", "Holtsmark", "normal", "stable 1.25"])
  }

  /// With one class as frequent as the other there is nothing to gain by leaning; the larger the ratio the more the small class
  /// loses, until it is given up.
  @Test(arguments: [1.0, 2]) func ratiosHaveADirection(alpha: Double) {
    let law = StableLaw(alpha: alpha)
    let even = DisparityStudy().exact(law, 1, attack: 0)
    #expect(close(even.large, even.small, relative: 0, absolute: 1e-5))
    #expect(close(even.large, law.probability(below: 1.5), relative: 0, absolute: 1e-5))
    let found = [1, 2, 4, 8, 1e6].map { DisparityStudy().exact(law, $0, attack: 0) }
    for (one, next) in zip(found, found.dropFirst()) {
      #expect(next.disparity >= one.disparity - 1e-6)
      #expect(next.small <= one.small + 1e-6 && next.large >= one.large - 1e-6)
    }
    #expect(found[4].small < 0.01 && found[4].large > 0.99)
  }
}
