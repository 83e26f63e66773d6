import Losses
import Methods
import Mixing
import Plans
import Sampling

/// MixUp at α = 1, then what is done to its last layer: compositions that no paper gives a name, of which the orders on
/// LT-Gauss speak.
struct AfterMixup: Method {
  /// What follows the mixing.
  enum Second: String, Codable {
    /// Nothing.
    case nothing = "mixup-one"
    /// A new last layer on balanced classes, as cRT.
    case retraining = "mixup-one-crt"
    /// A scale a class on balanced classes, as LWS.
    case scaling = "mixup-one-lws"
    /// −ln π on the logits.
    case adjustment = "mixup-one-posthoc"
    /// The nearest class mean in place of the last layer.
    case means = "mixup-one-ncm"
  }

  static let name = "after-mixup"
  static let summary = "MixUp, then the last layer"
  static let citation = MixupTraining.citation
  static let guide = MixupTraining.guide

  var second = Second.nothing

  init() {}
  init(_ second: Second) { self.second = second }

  func stages(for classes: ClassCounts) -> [Stage] {
    let mixed = Supervised(CrossEntropy(), mixing: Mixup(alpha: 1))
    func first(_ method: any Method) -> [Stage] {
      var stages = method.stages(for: classes)
      stages[0].objective = mixed
      return stages
    }
    switch second {
    case .nothing: return [Stage(mixed)]
    case .retraining: return first(ClassifierRetraining())
    case .scaling: return first(LearnableWeightScaling())
    case .adjustment: return first(PostHocAdjustment())
    case .means: return first(NearestMean())
    }
  }
}
