/// What the networks of the EfficientNet family differ in.
struct EfficientNetSize: Sendable {
  /// Channels over those of the smallest, rounded to multiples of eight.
  let width: Double
  /// Repetitions over those of the smallest, rounded up.
  let depth: Double
  /// Whether it is one of the Lite form: relu6 in silu's place, channels not weighed, and first convolution, last
  /// convolution, first and last stage not scaled, so that it runs well in small integers.
  let isLite: Bool
  /// Whose padding and ε it has: weights made with one do not suit the other.
  var origin = Origin.tensorFlow

  /// Where weights were trained.
  enum Origin: Sendable {
    /// TensorFlow: an odd zero of the padding on the right and at the bottom, ε = 10⁻³. timm's `tf_efficientnet_*`.
    case tensorFlow
    /// PyTorch: padding on both sides alike, ε = 10⁻⁵. timm's `efficientnet_*`.
    case torch

    /// ε of the batch normalisations.
    var epsilon: Double { self == .tensorFlow ? 1e-3 : 1e-5 }
  }

  /// Rows of table 1: kernel, stride of the first, expansion, channels, repetitions.
  private static let rows = [
    (3, 1, 1, 16, 1), (3, 2, 6, 24, 2), (5, 2, 6, 40, 2), (3, 2, 6, 80, 3), (5, 1, 6, 112, 3),
    (5, 2, 6, 192, 4), (3, 1, 6, 320, 1),
  ]

  /// A row of blocks of equal channels.
  struct Stage {
    let kernel, stride, expansion, channels, repetitions: Int
  }

  /// The stages in order.
  var stages: [Stage] {
    Self.rows.enumerated().map { number, row in
      let isFixed = isLite && (number == 0 || number == Self.rows.count - 1)
      return Stage(
        kernel: row.0, stride: row.1, expansion: row.2, channels: scaled(row.3),
        repetitions: isFixed ? row.4 : Int((Double(row.4) * depth).rounded(.up)))
    }
  }

  /// Channels of the first convolution.
  var stem: Int { isLite ? 32 : scaled(32) }
  /// Channels of the last convolution: the length of a feature vector.
  var features: Int { isLite ? 1280 : scaled(1280) }
  /// What follows the convolutions.
  var activation: Activation { isLite ? .relu6 : .silu }

  /// The nearest multiple of 8, the next one where that would take away more than a tenth.
  private func scaled(_ channels: Int) -> Int {
    let wanted = Double(channels) * width
    let near = max(8, Int(wanted + 4) / 8 * 8)
    return Double(near) < 0.9 * wanted ? near + 8 : near
  }
}
