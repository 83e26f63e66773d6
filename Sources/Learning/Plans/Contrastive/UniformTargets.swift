import Requirements
public import Torch

/// Directions that lie as far from each other as they can, a target a class.
///
/// Up to D + 1 of them in D dimensions are the corners of a regular simplex, with −1/(C − 1) for the cosine of any two;
/// more are found by descent on mean_i ln Σ_j exp(t_i · t_j / 0.07), from normal deviates, with Adam.
///
/// Source: Li, Cao, Yuan, Fan, Yang, Feris, Indyk, Katabi, "Targeted Supervised Contrastive Learning for Long-Tailed
/// Recognition", CVPR 2022, whose temperature, rate and number of steps these are.
public enum UniformTargets {
  /// The targets, unit rows, `[C, D]`, float32, on the processor; the same for the same numbers.
  ///
  /// - Parameters:
  ///   - count: C, at least 1.
  ///   - dimensions: D, at least 1.
  /// - Precondition: both are at least 1.
  public static func directions(_ count: Int, dimensions: Int) -> Tensor {
    require(
      count >= 1 && dimensions >= 1,
      "UniformTargets: expected a count and dimensions of at least 1, got \(count), \(dimensions)")
    return count <= dimensions + 1
      ? simplex(count, dimensions) : descended(count, dimensions: dimensions)
  }

  /// The corners of a simplex, one coordinate after another.
  private static func simplex(_ count: Int, _ dimensions: Int) -> Tensor {
    var rows = [[Double]](
      repeating: [Double](repeating: 0, count: dimensions), count: count)
    let cosine = count > 1 ? -1 / Double(count - 1) : 1
    for i in 0..<min(max(count - 1, 1), dimensions) {
      func inner(_ a: Int, _ b: Int) -> Double {
        (0..<i).reduce(0) { $0 + rows[a][$1] * rows[b][$1] }
      }
      rows[i][i] = max(0, 1 - inner(i, i)).squareRoot()
      for k in (i + 1)..<max(count, i + 1) { rows[k][i] = (cosine - inner(k, i)) / rows[i][i] }
    }
    return Tensor(rows.flatMap { $0.map(Float.init) }, shape: [count, dimensions])
  }

  /// Targets by descent, for any numbers.
  ///
  /// - Parameters:
  ///   - count: C, at least 1.
  ///   - dimensions: D, at least 1.
  ///   - steps: of the descent, at least 0.
  ///   - temperature: of the sum, above 0.
  /// - Returns: unit rows, `[C, D]`, float32, on the processor.
  public static func descended(
    _ count: Int, dimensions: Int, steps: Int = 10_000, temperature: Double = 0.07
  ) -> Tensor {
    let x = Tensor.normal([count, dimensions], using: Generator(seed: 0)).requiringGrad()
    let (mean, square) = (Tensor.zeros(x.shape), Tensor.zeros(x.shape))
    let taken = Tensor(Float(0))
    for _ in 0..<steps {
      let unit = x.unitRows()
      let crowding = (unit.matmul(unit.transposed(0, 1)) / temperature).logSumExp(dim: 1).mean()
      let slope = crowding.gradient(at: x)
      withoutGradients {
        FusedKernels.adamW(
          params: [x], grads: [slope], expAvg: [mean], expAvgSq: [square], steps: [taken], lr: 1e-3,
          beta1: 0.9, beta2: 0.999, weightDecay: 0, eps: 1e-8)
      }
    }
    return withoutGradients { x.detached().unitRows() }
  }
}
