import Foundation
import Requirements
public import Sampling

extension AdjustedCrossEntropy {
  /// The Bayias-compensated loss: cross-entropy of z + ln π − ln π′, π being the shares of the classes in training and π′
  /// those that the network is to answer for.
  ///
  /// π′ even is balanced softmax, for a constant changes no softmax; π′ = π is cross-entropy. Source: Xu, Chai, Yuan,
  /// "Towards Calibrated Model for Long-Tailed Visual Recognition from Prior Perspective", NeurIPS 2021, equation 10.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - target: π′, `[C]`, each above 0; need not sum to 1. `nil` is even.
  /// - Precondition: a number above 0 for each class.
  public static func bayias(
    _ classes: ClassCounts, target: [Double]? = nil
  ) -> AdjustedCrossEntropy {
    let target = target ?? classes.counts.map { _ in 1 }
    require(
      target.count == classes.count && target.allSatisfy { $0 > 0 && $0.isFinite },
      "bayias: expected \(classes.count) shares above 0, got \(target)")
    let total = target.reduce(0, +)
    var loss = AdjustedCrossEntropy()
    loss.offsets = zip(classes.priors, target).map {
      Foundation.log($0) - Foundation.log($1 / total)
    }
    return loss
  }
}
