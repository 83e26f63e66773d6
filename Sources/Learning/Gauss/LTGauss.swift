import Randomness
public import Torch

/// LT-Gauss: ten classes of three Gaussian clusters each in sixteen dimensions, 100:1, with a balanced test set.
/// Small enough that a method trains on it in seconds, and hard enough that methods differ.
///
/// ```text
/// base_c ~ N(0, I);  μ_cm = 2.6 · unit(base_c + 0.7 · N(0, I)), m = 1…3;  a row of class c is a random μ_cm + N(0, I)
/// ```
///
/// Features, not images: what a method does to rare classes shows without a dataset on the disk.
public struct LTGauss: Sendable {
  /// Training rows a class, `n_c = 500 · 100^(−c/9)`.
  public static let counts = [500, 299, 179, 107, 64, 38, 23, 13, 8, 5]
  /// Test rows of every class.
  public static let testPerClass = 300
  /// Numbers a row.
  public static let features = 16

  /// Training rows, shape `[1236, 16]`.
  public let train: Tensor
  /// Their classes, `[1236]`.
  public let trainLabels: [Int]
  /// Test rows, shape `[3000, 16]`.
  public let test: Tensor
  /// Their classes, `[3000]`.
  public let testLabels: [Int]

  /// Draws means and rows; the same seed gives the same.
  public init(seed: UInt64) {
    var source = RandomKey(seed: seed).folding("lt-gauss").source
    let means = Self.counts.map { _ -> [[Double]] in
      let base = (0..<Self.features).map { _ in source.normal() }
      return (0..<3).map { _ in
        let mean = base.map { $0 + 0.7 * source.normal() }
        let length = mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return mean.map { 2.6 * $0 / length }
      }
    }
    func rows(_ counts: [Int]) -> (Tensor, [Int]) {
      var (values, labels) = ([Float](), [Int]())
      for (label, count) in counts.enumerated() {
        for _ in 0..<count {
          let mean = means[label][source.below(3)]
          values += mean.map { Float($0 + source.normal()) }
          labels.append(label)
        }
      }
      return (Tensor(values, shape: [labels.count, Self.features]), labels)
    }
    (train, trainLabels) = rows(Self.counts)
    (test, testLabels) = rows(Self.counts.map { _ in Self.testPerClass })
  }
}
