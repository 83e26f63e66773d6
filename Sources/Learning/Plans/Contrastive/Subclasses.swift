import Foundation
import Randomness
import Requirements
public import Sampling
import Torch

/// The classes of a training set cut into subclasses of about the size of a rare class, by what the network sees.
///
/// Class c of n_c rows has K_c = max(1, ⌊n_c / max(n_min, δ)⌋ ) subclasses, found by ``SphericalMeans``. The
/// temperature of a class follows its spread: φ_c is the mean distance of its unit rows to their mean, divided by
/// ln(n_c + 10), cut off at the 20th and 80th percentile over classes; τ_c = τ φ_c / mean φ, and τ where K_c = 1.
///
/// Source: Hou, Zhang, Wang, Zhou, "Subclass-balancing Contrastive Learning for Long-tailed Recognition", ICCV 2023.
public struct Subclasses: Sendable, Equatable {
  /// Number of each row's subclass, `[N]`, counted over all classes.
  public let numbers: [Int]
  /// τ_c, `[C]`, above 0.
  public let temperatures: [Double]

  /// K_c of each class, `[C]`.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - smallest: δ, the fewest rows of a subclass; at least 1.
  public static func counts(_ classes: ClassCounts, smallest: Int) -> [Int] {
    classes.counts.map { max(1, $0 / max(classes.rarest, smallest)) }
  }

  /// The subclasses of a training set.
  ///
  /// - Parameters:
  ///   - rows: what the network makes of each row, `[N, D]`, of any length.
  ///   - labels: class of each row, `[N]`.
  ///   - classes: counts of the training set.
  ///   - smallest: δ, the fewest rows of a subclass; at least 1.
  ///   - temperature: τ, above 0.
  ///   - key: of the draws; each class has its own.
  init(
    of rows: Tensor, labels: [Int], classes: ClassCounts, smallest: Int, temperature: Double,
    key: RandomKey
  ) {
    let unit = rows.moved(to: .cpu).to(.float64).unitRows()
    let counts = Self.counts(classes, smallest: smallest)
    var (numbers, spreads, first) = ([Int](repeating: 0, count: labels.count), [Double](), 0)
    for (c, count) in counts.enumerated() {
      let members = labels.indices.filter { labels[$0] == c }
      let own = unit.indexSelect(
        dim: 0, Tensor(members.map(Int64.init), shape: [members.count]))
      var source = key.folding(c).source
      let clusters = SphericalMeans.clusters(own, count: count, using: &source)
      for (row, cluster) in zip(members, clusters) { numbers[row] = first + cluster }
      spreads.append(Self.spread(own))
      first += count
    }
    self.numbers = numbers
    temperatures = Self.temperatures(spreads, counts, temperature)
  }

  /// φ of one class before it is cut off.
  private static func spread(_ rows: Tensor) -> Double {
    let away = (rows - rows.mean(dims: [0], keepDims: true)).square().sum(dims: [1]).sqrt()
    return away.mean().item() / log(Double(rows.shape[0]) + 10)
  }

  private static func temperatures(
    _ spreads: [Double], _ counts: [Int], _ temperature: Double
  ) -> [Double] {
    let sorted = spreads.sorted()
    let (low, high) = (percentile(sorted, 0.2), percentile(sorted, 0.8))
    let cut = spreads.map { min(max($0, low), high) }
    let mean = cut.reduce(0, +) / Double(cut.count)
    return zip(cut, counts).map { φ, count in
      // Where all rows of every class are one point, nothing is spread and τ stays.
      count > 1 && φ > 0 ? temperature * φ / mean : temperature
    }
  }

  /// NumPy's percentile: linear between two values.
  private static func percentile(_ sorted: [Double], _ part: Double) -> Double {
    let place = part * Double(sorted.count - 1)
    let low = Int(place)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }
}
