import Foundation
import Requirements
public import Sampling

extension AdjustedCrossEntropy {
  /// Inverse softmax: cross-entropy of z + ln π − λ ln π̄, where π̄ is the prior with its values handed out in
  /// reverse order, the smallest to the largest class. The network learns to answer for classes that are as
  /// imbalanced the other way round; its plain logits decide.
  ///
  /// λ = 0 is the balanced softmax; with equal counts it is cross-entropy. Classes of equal size share the
  /// mean of the ln π̄ that fall to them, so that no order among them matters.
  ///
  /// Source: Zhang, Hooi, Hong, Feng, "Self-Supervised Aggregation of Diverse Experts for Test-Agnostic
  /// Long-Tailed Recognition", NeurIPS 2022.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - lambda: λ, at least 0.
  /// - Precondition: `lambda` is at least 0 and finite.
  public static func inverseSoftmax(
    _ classes: ClassCounts, lambda: Double = 2
  ) -> AdjustedCrossEntropy {
    require(
      lambda >= 0 && lambda.isFinite, "inverseSoftmax: expected λ of at least 0, got \(lambda)")
    let inverse = reversedLogPriors(classes)
    var loss = AdjustedCrossEntropy()
    loss.offsets = zip(classes.priors, inverse).map { Foundation.log($0) - lambda * $1 }
    return loss
  }

  /// ln π̄, `[C]`.
  private static func reversedLogPriors(_ classes: ClassCounts) -> [Double] {
    let ascending = classes.counts.sorted()
    let logs = ascending.map { Foundation.log(Double($0) / Double(classes.total)) }
    var shares: [Int: (sum: Double, count: Int)] = [:]
    for (rank, count) in ascending.enumerated() {
      let (sum, before) = shares[count] ?? (0, 0)
      shares[count] = (sum + logs[logs.count - 1 - rank], before + 1)
    }
    return classes.counts.map { count in
      let (sum, number) = shares[count] ?? (0, 1)
      return sum / Double(number)
    }
  }
}
