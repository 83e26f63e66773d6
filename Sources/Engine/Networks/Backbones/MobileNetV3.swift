import Torch

/// MobileNetV3: inverted residuals found by search, with cheap activations and weighed channels.
///
/// Howard et al., *Searching for MobileNetV3*, ICCV 2019, tables 1 and 2. Names, order and shapes are timm's: `conv_stem`,
/// `bn1`, `blocks.0.0.conv_dw`, …, `blocks.5.0.conv`, …, `conv_head`, a linear layer on the mean over pixels.
struct MobileNetV3: DivisibleBackbone {
  let featureCount: Int
  let steps: [BackboneStep]
  /// Steps from the first block of a map of a 32nd of the side on, and from the last inverted residual on.
  private let late: Int

  /// A row of the tables: stage, kernel, channels in the middle (0 is without expansion), channels, stride, whether channels
  /// are weighed, whether the activation is hard swish.
  private typealias Row = (Int, Int, Int, Int, Int, Bool, Bool)

  private static let small: [Row] = [
    (0, 3, 0, 16, 2, true, false), (1, 3, 72, 24, 2, false, false), (1, 3, 88, 24, 1, false, false),
    (2, 5, 96, 40, 2, true, true), (2, 5, 240, 40, 1, true, true), (2, 5, 240, 40, 1, true, true),
    (3, 5, 120, 48, 1, true, true), (3, 5, 144, 48, 1, true, true), (4, 5, 288, 96, 2, true, true),
    (4, 5, 576, 96, 1, true, true), (4, 5, 576, 96, 1, true, true),
  ]

  private static let large: [Row] = [
    (0, 3, 0, 16, 1, false, false), (1, 3, 64, 24, 2, false, false),
    (1, 3, 72, 24, 1, false, false), (2, 5, 72, 40, 2, true, false),
    (2, 5, 120, 40, 1, true, false),
    (2, 5, 120, 40, 1, true, false), (3, 3, 240, 80, 2, false, true),
    (3, 3, 200, 80, 1, false, true), (3, 3, 184, 80, 1, false, true),
    (3, 3, 184, 80, 1, false, true), (4, 3, 480, 112, 1, true, true),
    (4, 3, 672, 112, 1, true, true), (5, 5, 672, 160, 2, true, true),
    (5, 5, 960, 160, 1, true, true), (5, 5, 960, 160, 1, true, true),
  ]

  /// - Parameters:
  ///   - isLarge: whether it is the larger of the two.
  ///   - channels: channels of the images.
  init(isLarge: Bool, channels: Int, using initializer: Initializer) {
    let rows = isLarge ? Self.large : Self.small
    let origin = EfficientNetSize.Origin.torch
    let stem = NormedConvolution(
      ("conv_stem", "bn1"), channels, 16, kernel: 3, stride: 2, origin: origin,
      then: .hardSwish, using: initializer)
    var steps = [BackboneStep(unnamed: stem)]
    var (inputs, index, stage) = (16, 0, 0)
    for (place, row) in rows.enumerated() {
      if row.0 != stage { (stage, index) = (row.0, 0) }
      let middle = row.2 > 0 ? row.2 : inputs
      let block = MobileBlock(
        kernel: row.1, middle: row.2 > 0 ? middle : nil, inputs, row.3, stride: row.4,
        squeeze: row.5
          ? SqueezeExcitation(
            middle, reduced: Self.rounded(middle), activation: .relu, isHard: true,
            using: initializer) : nil,
        activation: row.6 ? .hardSwish : .relu, origin: origin,
        path: DropPath(share: Double(place) / Double(rows.count + 1)), using: initializer)
      steps.append(BackboneStep([("blocks.\(stage).\(index)", block)]))
      (inputs, index) = (row.3, index + 1)
    }
    let width = 6 * inputs
    let last = NormedConvolution(
      ("conv", "bn1"), inputs, width, origin: origin, then: .hardSwish, using: initializer)
    featureCount = isLarge ? 1280 : 1024
    let head = Linear(
      width, featureCount, form: .pointwise, .heFanOut, bias: .zero, using: initializer)
    steps.append(
      BackboneStep([("blocks.\(stage + 1).0", last)]) { $0.globalMean() })
    steps.append(
      BackboneStep([("conv_head", head)], group: .ofHeads) { Activation.hardSwish($0) })
    self.steps = steps
    late = rows.count { $0.0 == stage }
  }

  /// A quarter of the channels as the nearest multiple of 8, the next one where that would take away more than a tenth.
  private static func rounded(_ channels: Int) -> Int {
    let wanted = Double(channels) / 4
    let near = max(8, Int(wanted + 4) / 8 * 8)
    return Double(near) < 0.9 * wanted ? near + 8 : near
  }

  /// The stage that works on a map of a 32nd of the side, with what follows; or the last inverted residual and that.
  func cut(_ division: Division) -> Int {
    steps.count - 2 - (division == .lateStages ? late : 1)
  }
}
