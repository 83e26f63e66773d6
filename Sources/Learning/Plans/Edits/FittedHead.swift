public import Networks
import Randomness
import Requirements
import Sampling
import Torch

/// A linear head fitted to the features of the training images, which no step of gradient descent follows.
public struct FittedHead: NetworkEdit, Equatable {
  /// What is fitted.
  public enum Fit: Sendable, Equatable {
    /// One logistic regression.
    case logistic(LogisticRegression)
    /// Several on balanced parts of the rows.
    case ensemble(BalancedEnsemble)
    /// One on made and cleaned rows.
    case smote(CleanedSMOTE)
  }

  /// What is fitted.
  public var fit: Fit
  /// τ of the logits' adjustment for the classes' shares, b_c ← b_c − τ ln π_c; 0 leaves them. Menon et al. 2021.
  public var adjustment: Double

  /// - Parameters:
  ///   - fit: what is fitted.
  ///   - adjustment: τ, at least 0.
  public init(_ fit: Fit, adjustment: Double = 0) {
    (self.fit, self.adjustment) = (fit, adjustment)
  }

  /// The same features under the fitted head.
  ///
  /// - Throws: what reading an example throws, and what the tools throw where they are asked to
  ///   stop.
  /// - Precondition: a network of one head.
  public func edited(_ network: Network, with tools: any EditTools) throws -> Network {
    require(
      network.heads.count == 1, "FittedHead: expected one head, got \(network.heads.count)")
    let rows = try tools.trainingFeatures()
    let key = tools.drawnKey
    let solution =
      switch fit {
      case .logistic(let regression):
        try regression(rows, classes: network.classes, key: key, progress: tools.fitting)
      case .ensemble(let ensemble):
        try ensemble(rows, classes: network.classes, key: key, progress: tools.fitting)
      case .smote(let cleaned):
        try cleaned(rows, classes: network.classes, key: key, progress: tools.fitting)
      }
    return withoutGradients {
      let counts = tools.classes.counts.map { Double(max($0, 1)) }
      let prior = Tensor(counts.map { $0 / counts.reduce(0, +) }, shape: [counts.count])
        .log().to(.float32)
      let bias = solution.bias - prior * adjustment
      // A head that is stored as a convolution stays one.
      let rank = (network.heads[0] as? LinearHead)?.weight.rank ?? 2
      let weight = solution.weight.reshaped(
        solution.weight.shape + [Int](repeating: 1, count: rank - 2))
      let device = network.featureTensors.first?.tensor.device ?? .cpu
      return network.with(heads: [
        LinearHead(
          weight: weight.contiguous().moved(to: device).requiringGrad(),
          bias: bias.contiguous().moved(to: device).requiringGrad())
      ])
    }
  }
}

extension EditTools {
  /// A key that is the same for the same edit of the same run.
  var drawnKey: RandomKey {
    let draws = Tensor.uniform([2], using: generator).scalars(as: Float.self)
    return RandomKey(seed: draws.reduce(0) { $0 << 24 | UInt64($1 * 0x1p24) })
  }
}
