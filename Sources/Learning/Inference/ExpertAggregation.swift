import Requirements
public import Torch

/// Weights of the experts of a network for a set of images without labels: experts that say the same of two
/// views of an image count more.
///
/// Maximises the mean over rows of cos(q¹, q²) with qᵏ = softmax(Σ_e α_e z_e(view k)) and α = softmax(w), by
/// Nesterov's momentum on w, which begins as 1/E everywhere. The network stays as it is, and no label is
/// asked for.
///
/// Source: Zhang, Hooi, Hong, Feng, "Self-Supervised Aggregation of Diverse Experts for Test-Agnostic
/// Long-Tailed Recognition", NeurIPS 2022; rate, momentum, decay, epochs and floor are those of the authors'
/// code.
public struct ExpertAggregation: Sendable, Equatable {
  /// Learning rate, above 0.
  public var rate = 0.1
  /// Momentum, in `0..<1`.
  public var momentum = 0.9
  /// Weight decay on w, at least 0.
  public var weightDecay = 5e-4
  private var w: [Double]
  private var velocity: [Double]?

  /// All experts alike.
  ///
  /// - Parameter experts: how many there are, at least 1.
  /// - Precondition: at least one.
  public init(experts: Int) {
    require(experts >= 1, "ExpertAggregation: expected at least 1 expert, got \(experts)")
    w = [Double](repeating: 1 / Double(experts), count: experts)
  }

  /// α, `[E]`, one an expert; sums to 1.
  public var weights: [Double] {
    Tensor(w, shape: [w.count]).softmax(dim: 0).scalars()
  }

  /// One step on two views of some images.
  ///
  /// - Parameters:
  ///   - first: logits `[N, C]` of each expert for the one view.
  ///   - second: the same of the other view, row by row.
  /// - Returns: how well the views agreed before the step, the mean cosine, in `0...1`.
  /// - Precondition: as many tensors as experts in both, of equal shape.
  @discardableResult
  public mutating func step(_ first: [Tensor], _ second: [Tensor]) -> Double {
    require(
      first.count == w.count && second.count == w.count,
      "ExpertAggregation.step: expected logits of \(w.count) experts, got \(first.count) and "
        + "\(second.count)")
    let parameter = Tensor(w, shape: [w.count]).requiringGrad()
    let agreement = Self.agreement(first, second, parameter.softmax(dim: 0))
    let gradient = (-agreement).gradient(at: parameter).scalars(as: Double.self)
    let value = agreement.item()
    let pulls = zip(gradient, w).map { $0 + weightDecay * $1 }
    let moved = velocity.map { zip($0, pulls).map { momentum * $0 + $1 } } ?? pulls
    velocity = moved
    for e in w.indices { w[e] -= rate * (pulls[e] + momentum * moved[e]) }
    return value
  }

  /// The mean cosine of what the two views come to, `[]`, in float64 on the processor.
  private static func agreement(_ first: [Tensor], _ second: [Tensor], _ α: Tensor) -> Tensor {
    func answer(_ logits: [Tensor]) -> Tensor {
      let parts = logits.enumerated().map { expert, z in
        z.detached().to(.float64).moved(to: .cpu)
          * α.narrowed(dim: 0, start: expert, length: 1).reshaped([1, 1])
      }
      return parts.dropFirst().reduce(parts[0], +).softmax(dim: 1)
    }
    let (p, q) = (answer(first), answer(second))
    func length(_ x: Tensor) -> Tensor { x.square().sum(dims: [1]).sqrt() }
    // A softmax is nowhere all zero, so no length is.
    return ((p * q).sum(dims: [1]) / (length(p) * length(q))).mean()
  }
}
