import Losses
import Mixing
import Plans
import Sampling

extension Stage {
  /// A loss of images as they come, blended with images drawn class by class where α is above 0: Balanced-MixUp.
  ///
  /// - Parameters:
  ///   - loss: how wrong the network is about each row.
  ///   - alpha: α of the Beta distribution, at least 0; 0 blends nothing.
  static func of(_ loss: any Loss, blending alpha: Double) -> Stage {
    guard alpha > 0 else { return Stage(Supervised(loss)) }
    return Stage(
      Supervised(loss, mixing: BalancedMixup(alpha: alpha)),
      samplers: [UniformSampler(), ClassBalancedSampler()])
  }
}
