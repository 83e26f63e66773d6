import Losses
import Plans
import Sampling

extension Stage {
  /// A loss of several labels on examples as they come, blended with examples drawn label by label where α is above 0:
  /// Balanced-MixUp of labels.
  ///
  /// The second stream draws a label, each equally often, then any example that has it. With one λ ~ Beta(α, 1) a batch the
  /// inputs become (1 − λ) x_I + λ x_B; entries that both rows know (1 − λ) y_I + λ y_B, with weight 1; an entry that one row
  /// alone knows has that row's value, with its share, 1 − λ or λ, as weight; one that neither knows counts nothing.
  ///
  /// - Parameters:
  ///   - loss: a loss of entries.
  ///   - alpha: α of the Beta distribution, at least 0; 0 blends nothing.
  static func ofLabels(_ loss: any Loss, blending alpha: Double = 0) -> Stage {
    of(loss, blending: alpha)
  }

  /// A loss of several labels on one stream.
  static func ofLabels(_ loss: any Loss, _ sampler: any LabelSampler) -> Stage {
    Stage(Supervised(loss), samplers: [sampler])
  }
}
