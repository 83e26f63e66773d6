import Losses
import Sampling

extension Loss where Self == AdjustedCrossEntropy {
  /// Cross-entropy that is weighted by the effective number of images of a class from late in the run on.
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - beta: β of the effective number, in `0..<1`.
  ///   - start: part of the run after which the weights come in, in `0...1`; 1 is never.
  static func deferred(
    _ classes: ClassCounts, beta: Double, start: Double
  ) -> AdjustedCrossEntropy {
    var loss = AdjustedCrossEntropy()
    if start < 1 { loss.weights = .effectiveNumber(classes, beta: beta, start: start) }
    return loss
  }
}
