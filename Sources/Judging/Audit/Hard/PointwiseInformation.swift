import Foundation
import Requirements

/// Pointwise usable information of examples, in bits: PVI = log₂ p(y|x) − log₂ p_∅(y).
///
/// p(y|x) is what a model that has not seen the example says of the class that it was given, and p_∅(y) the share of that
/// class, which is what a model that is shown nothing would learn to say. Below 0, looking at the image makes the label less
/// likely. The mean is the usable information of the set, H(Y) − H(Y|X), where no probability is 0.
///
/// Source: Ethayarajh, Choi, Swayamdipta, "Understanding Dataset Difficulty with V-Usable Information", ICML 2022.
public enum PointwiseInformation {
  /// PVI of each example, `[N]`.
  ///
  /// - Parameters:
  ///   - selfConfidence: p(y|x) of the given class, `[N]`, in `0...1`. One below the smallest normal number, 2⁻¹⁰²²,
  ///     counts as that number; the mean is then no longer the usable information, which is −∞.
  ///   - given: class numbers, `[N]`.
  ///   - counts: examples given each class, `[C]`.
  /// - Precondition: as many labels as probabilities, each of a class that counts at least 1.
  public static func bits(
    selfConfidence: [Double], given: [Int32], counts: [Int]
  ) -> [Double] {
    require(
      selfConfidence.count == given.count
        && given.allSatisfy { counts.indices.contains(Int($0)) && counts[Int($0)] > 0 },
      "PointwiseInformation.bits: expected \(given.count) probabilities of classes that were given, got"
        + " \(selfConfidence.count)")
    let all = Double(counts.reduce(0, +))
    return zip(selfConfidence, given).map { p, label in
      log2(max(p, .leastNormalMagnitude)) - log2(Double(counts[Int(label)]) / all)
    }
  }
}
