import Foundation
import Studies
import TestSupport
import Testing

/// The closed form of neural collapse beside a search for the least of what it comes from.
///
/// At the best place all layers and the features share one singular value a of each class, so a class of n costs
/// (a^(M+1) − √n)² / (2N) + λ (M + 1) a² / 2, and the squared length of its row is a^(2M).
@Suite struct CollapseScalarTests {
  private func cost(_ study: CollapseStudy, _ n: Double, _ a: Double) -> Double {
    let (total, m) = (Double(study.counts.reduce(0, +)), Double(study.layers))
    return pow(pow(a, m + 1) - n.squareRoot(), 2) / (2 * total)
      + study.decay * (m + 1) * a * a / 2
  }

  /// The best a by a grid, then by ever finer ones around the best place.
  private func best(_ study: CollapseStudy, _ n: Double) -> Double {
    var (low, high, best) = (0.0, 2 * pow(n, 0.5 / Double(study.layers + 1)), 0.0)
    for _ in 0..<8 {
      let step = (high - low) / 400
      let places = (0...400).map { low + Double($0) * step }
      best = places.min { cost(study, n, $0) < cost(study, n, $1) } ?? 0
      (low, high) = (max(0, best - 2 * step), best + 2 * step)
    }
    return cost(study, n, 0) <= cost(study, n, best) ? 0 : best
  }

  @Test(arguments: [1, 2, 3, 4]) func theClosedFormCostsLeast(layers: Int) {
    for counts in [[5, 50], [1, 20, 40, 80], [100, 100, 3]] {
      for decay in [1e-4, 1e-3, 4e-3] {
        let study = CollapseStudy(counts: counts, layers: layers, decay: decay)
        for n in counts.map(Double.init) + [0.3, 12.5, 1000] {
          // Close to the place where 0 costs as much, either may win by rounding.
          guard abs(n / study.fewest - 1) > 0.02 else { continue }
          let wanted = pow(best(study, n), 2 * Double(layers))
          let found = study.predicted(of: n)
          #expect(
            close(found, wanted, relative: 1e-4, absolute: 1e-5),
            "\(counts), \(layers) layers, \(decay), \(n): \(found) against \(wanted)")
          #expect((found > 0) == (n > study.fewest))
        }
      }
    }
  }

  /// More examples never make a classifier shorter, and more decay never longer.
  @Test(arguments: [1, 2, 3]) func directions(layers: Int) {
    let study = CollapseStudy(counts: [10, 200], layers: layers, decay: 1e-3)
    let lengths = (1...60).map { study.predicted(of: Double($0) * 5) }
    #expect(lengths == lengths.sorted())
    var before = Double.infinity
    for decay in [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1] {
      let length = CollapseStudy(counts: [10, 200], layers: layers, decay: decay).predicted[1]
      #expect(length <= before)
      before = length
    }
    #expect(before == 0)
    // Without decay a^(M+1) is √n.
    let free = CollapseStudy(counts: [10, 200], layers: layers, decay: 1e-9).predicted
    for (n, found) in zip([10.0, 200], free) {
      let power = Double(layers) / Double(layers + 1)
      #expect(close(found, pow(n, power), relative: 1e-3), "\(n): \(found)")
    }
  }
}
