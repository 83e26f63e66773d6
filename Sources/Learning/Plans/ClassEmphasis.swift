import Batches
import Foundation
public import Sampling

/// What an objective does about the sizes of classes, whoever is drawn.
public struct ClassEmphasis: Sendable, Equatable {
  /// How much a row of each class counts, `[C]`; `nil` counts all alike.
  public var weights: [Double]?
  /// What is added to the logit of each class in training alone, `[C]`; `nil` adds nothing.
  public var offsets: [Double]?
  /// Whether rows of several classes are blended, so that a row has a part in each weight.
  public var blends: Bool

  /// - Parameters:
  ///   - weights: how much a row of each class counts, `[C]`.
  ///   - offsets: what is added to the logit of each class in training alone, `[C]`.
  ///   - blends: whether rows of several classes are blended.
  public init(weights: [Double]? = nil, offsets: [Double]? = nil, blends: Bool = false) {
    (self.weights, self.offsets, self.blends) = (weights, offsets, blends)
  }
}

/// All that a stage does about the sizes of classes, as factors of how common each class counts: the network answers as
/// if class c had the share π_c · drawn_c · weight_c · e^(−b_c) · e^(δ_c), scaled to sum to 1.
public struct ClassCorrection: Sendable, Equatable {
  /// π, the shares of the training set, `[C]`.
  public let priors: [Double]
  /// How often each class is drawn over its share, `[C]`.
  public let drawn: [Double]
  /// How much its rows count, `[C]`.
  public let weights: [Double]
  /// e^−b of what is added to the logits in training alone, `[C]`.
  public let offsets: [Double]
  /// e^δ of what is added for good when the stage is over, `[C]`.
  public let shift: [Double]
  /// Whether rows of several classes are blended.
  public let blends: Bool

  /// The shares that the network answers for when the stage is over, `[C]`; sums to 1.
  public var answered: [Double] {
    let all = priors.indices.map { priors[$0] * drawn[$0] * weights[$0] * offsets[$0] * shift[$0] }
    let total = all.reduce(0, +)
    return all.map { $0 / total }
  }
}

extension Stage {
  /// What the stage does about the sizes of classes at its end; `nil` where its objective does not say.
  ///
  /// What is drawn in less than a tenth of the stage after the last turn, as where mixing ends some epochs before it, is not
  /// what the network answers for: the shares from before that turn are.
  ///
  /// - Parameter classes: counts of the training set.
  public func correction(for classes: ClassCounts) -> ClassCorrection? {
    let end = Moment(progress: 1, elapsed: 1 - 1e-9)
    guard let emphasis = objective.emphasis(at: end) else { return nil }
    let ones = classes.counts.map { _ in 1.0 }
    let last = objective.turns.first { $0 > 0.9 }?.nextDown ?? 1
    let mass = expectedLabelMass(for: classes, progress: last)
    let shift = closing.compactMap(\.logitShift).reduce(classes.counts.map { _ in 0.0 }) { sum, δ in
      zip(sum, δ).map { $0 + $1 }
    }
    return ClassCorrection(
      priors: classes.priors, drawn: zip(mass, classes.priors).map { $0 / $1 },
      weights: emphasis.weights ?? ones,
      offsets: emphasis.offsets?.map { Foundation.exp(-$0) } ?? ones,
      shift: shift.map { Foundation.exp($0) }, blends: emphasis.blends)
  }

  /// The same with weights of classes on top of those that it has; `nil` where rows cannot be weighted by their class,
  /// or no step is taken.
  ///
  /// - Parameters:
  ///   - weights: how much a row of each class counts, `[C]`, above 0.
  ///   - start: part of the stage after which they hold, in `0...1`; all rows count alike before.
  public func weighted(by weights: [Double], from start: Double = 0) -> Stage? {
    guard trains != .nothing, let objective = objective.weighted(by: weights, from: start) else {
      return nil
    }
    var copy = self
    copy.objective = objective
    return copy
  }
}
