import Requirements
public import Torch

/// Muon: hidden matrices follow their momentum made orthogonal, everything else AdamW.
///
/// b ← β b + (1 − β) g, u = (1 − β) g + β b, U = NS₅(u) · √max(1, rows / columns), x ← x (1 − rate · decay),
/// x ← x − rate · U. Kernels `[out, in, k, k]` are matrices `[out, in · k · k]`. AdamW has rate · 0.015 (3e-4 for
/// Muon's .02), betas (.9, .95), ε 1e-10.
///
/// Source: Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024, with the values of
/// its code. Departs from it: float32 in place of bfloat16. Kernels of grouped convolutions are matrices as
/// they are stored; depthwise ones go to AdamW.
public struct Muon: Optimizer {
  /// What it moves.
  public let parameters: ParameterList
  /// β, in `0..<1`.
  public let momentum: Double
  /// Part of every matrix lost per step and unit of rate, at least 0.
  public let weightDecay: Double
  private let matrices: ParameterList
  private let buffers: [Tensor]
  private var rest: AdamW

  /// - Parameters:
  ///   - parameters: what it moves, with their kinds.
  ///   - momentum: β, in `0..<1`.
  ///   - weightDecay: at least 0.
  /// - Precondition: both are in range.
  public init(_ parameters: ParameterList, momentum: Double = 0.95, weightDecay: Double = 0.01) {
    require(
      (0..<1).contains(momentum) && weightDecay >= 0,
      "Muon: expected a momentum in 0..<1 and a decay of at least 0, got \(momentum), "
        + "\(weightDecay)")
    self.parameters = parameters
    (self.momentum, self.weightDecay) = (momentum, weightDecay)
    matrices = parameters.part { $0 == .matrix }
    buffers = matrices.zerosAlike()
    rest = AdamW(
      parameters.part { $0 == .other }, beta1: 0.9, beta2: 0.95, weightDecay: weightDecay,
      epsilon: 1e-10)
  }

  /// One step, in place.
  ///
  /// - Precondition: `rate` is finite and at least 0.
  public mutating func step(rate: Double) {
    check(rate: rate)
    withoutGradients {
      for (place, (tensor, buffer)) in zip(matrices.tensors, buffers).enumerated() {
        guard let slope = tensor.grad else { continue }
        let rate = rate * matrices.rates[place]
        buffer.lerp(to: slope, weight: 1 - momentum)
        let update = Self.orthogonalized(
          (slope * (1 - momentum) + buffer * momentum).flattened(from: 1))
        let (rows, columns) = (update.shape[0], update.shape[1])
        let scale = max(1, Double(rows) / Double(columns)).squareRoot()
        tensor.multiply(by: 1 - rate * weightDecay)
        tensor.add(update.reshaped(tensor.shape), scale: -rate * scale)
      }
    }
    rest.step(rate: rate * 0.015)
  }

  /// Five steps of the quintic Newton-Schulz iteration: a matrix of the same directions whose singular values
  /// lie near 1 (in about 0.7…1.2; the smallest of a square matrix may stay near 0).
  ///
  /// - Parameter matrix: `[M, N]`.
  /// - Returns: `[M, N]`, float32.
  /// - Precondition: two dimensions.
  public static func orthogonalized(_ matrix: Tensor) -> Tensor {
    require(matrix.rank == 2, "Muon.orthogonalized: expected [M, N], got \(matrix.shape)")
    let isTall = matrix.shape[0] > matrix.shape[1]
    var x = (isTall ? matrix.transposed(0, 1) : matrix).to(.float32)
    x = x / (x.norm() + 1e-7)
    for _ in 0..<5 {
      let a = x.matmul(x.transposed(0, 1))
      let b = a * -4.7750 + a.matmul(a) * 2.0315
      x = x * 3.4445 + b.matmul(x)
    }
    return isTall ? x.transposed(0, 1) : x
  }

  /// `momentum.NAME` of the matrices, AdamW's of the others. Each is of its parameter's shape,
  /// AdamW's `steps` of shape `[]`.
  public var state: [(name: String, value: Tensor)] {
    zip(matrices.names, buffers).map { ("momentum." + $0, $1) } + rest.state
  }
}
