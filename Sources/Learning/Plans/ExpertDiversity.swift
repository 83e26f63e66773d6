import Losses
import Requirements
public import Sampling
public import Torch

/// What experts gain by answering unlike their joint answer: −λ T̄² KL(p̄ ‖ p_e) of each expert e, with
/// p_e = softmax(z_e / T), p̄ = softmax(z / T) without gradient, and T̄ the mean of T.
///
/// T may be a temperature a class, lower for rarer ones, so that experts differ more where there is little to learn from.
///
/// Source: Wang, Lian, Miao, Liu, Yu, "Long-tailed Recognition by Routing Diverse Distribution-Aware Experts", ICLR 2021;
/// the joint answer in place of the other experts, and the order of the divergence, are those of the authors' code.
public struct ExpertDiversity: Sendable, Equatable {
  /// λ, at least 0; 0 is without.
  public var weight: Double
  /// T, `[C]`, above 0; `nil` is 1 of every class.
  public var temperatures: [Double]?
  /// Part of the stage after which the temperatures hold, in `0...1`; 1 of every class before.
  public var start: Double

  /// - Parameters:
  ///   - weight: λ, at least 0.
  ///   - temperatures: T, `[C]`, above 0; `nil` is 1 of every class.
  ///   - start: part of the stage after which they hold, in `0...1`.
  /// - Precondition: all are in range.
  public init(weight: Double, temperatures: [Double]? = nil, start: Double = 0) {
    require(
      weight >= 0 && (0...1).contains(start) && (temperatures ?? [1]).allSatisfy { $0 > 0 },
      "ExpertDiversity: expected a weight of at least 0, temperatures above 0 and a start in 0...1, "
        + "got \(weight), \(temperatures ?? []) and \(start)")
    (self.weight, self.temperatures, self.start) = (weight, temperatures, start)
  }

  /// Temperatures by how common a class is: T_c = (f C π_c + 1 − f) / max_c.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - factor: f, in `0..<1`; 0 is 1 of every class.
  /// - Returns: T, `[C]`, above 0 and at most 1, which the commonest class has.
  public static func temperatures(for classes: ClassCounts, factor: Double) -> [Double] {
    let raw = classes.priors.map { factor * Double(classes.count) * $0 + 1 - factor }
    let most = raw.reduce(0, max)
    return raw.map { $0 / most }
  }

  /// −λ T̄² KL(p̄ ‖ p_e) of each row for one expert, `[N]`, at most 0, in float32 at least.
  ///
  /// - Parameters:
  ///   - logits: z_e, `[N, C]`.
  ///   - answer: z, the joint answer, `[N, C]`.
  ///   - elapsed: part of the stage that is over, in `0...1`.
  /// - Precondition: a temperature for each of C classes, where there are some.
  public func values(_ logits: Tensor, against answer: Tensor, elapsed: Double) -> Tensor {
    let held = elapsed >= start - 1e-9 ? temperatures : nil
    let mean = held.map { $0.reduce(0, +) / Double($0.count) } ?? 1
    func tempered(_ x: Tensor) -> Tensor {
      let wide = x.dtype == .float64 ? x : x.to(.float32)
      guard let held else { return wide }
      return wide / Tensor(held, shape: [1, held.count]).to(wide.dtype).moved(to: wide.device)
    }
    let (joint, logs) = withoutGradients {
      let all = tempered(answer.detached()).logSoftmax(dim: 1)
      return (all.exp(), all)
    }
    let divergence = (joint * (logs - tempered(logits).logSoftmax(dim: 1))).sum(dims: [1])
    return divergence.relu() * (-weight * mean * mean)
  }
}
