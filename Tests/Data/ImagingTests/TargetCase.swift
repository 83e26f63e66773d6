import Imaging
import Testing

/// A transform of the sweep over targets.
struct TargetCase: Sendable, CustomTestStringConvertible {
  enum Kind {
    /// Moves pixels; values change only where they are weighed.
    case moves
    /// Moves none: the target stays.
    case colours
    case both
  }

  let transform: any Transform
  let kind: Kind
  let testDescription: String

  init(_ kind: Kind, _ transform: any Transform, _ name: String? = nil) {
    self.transform = transform
    self.kind = kind
    testDescription = name ?? "\(transform)"
  }

  /// At least one of every transform there is, and every preset.
  static let all = moving + colouring + mixed + PresetName.allCases.flatMap(ofPreset)

  private static let small = ImageSize(width: 60, height: 50)
  private static let jitter = ColorJitter(brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.2)
  private static let warp = RandomAffine(
    angle: -45...45, scale: 0.8...1.2, horizontalShift: 0.2, verticalShift: 0.2, sampling: .bilinear
  )

  private static let moving: [TargetCase] = [
    TargetCase(.moves, Identity()),
    TargetCase(.moves, Resize(small)),
    TargetCase(.moves, Resize(ImageSize(width: 180, height: 140))),
    TargetCase(.moves, Resize(ImageSize(width: 60, height: 140))),
    TargetCase(.moves, Resize(small, sampling: .nearest)),
    TargetCase(.moves, ResizeShorter(50)),
    TargetCase(.moves, CenterCrop(ImageSize(width: 61, height: 40))),
    TargetCase(.moves, CenterCrop(ImageSize(150))),
    TargetCase(.moves, RandomCrop(ImageSize(width: 80, height: 60), padding: 8)),
    TargetCase(.moves, RandomCrop(ImageSize(100))),
    TargetCase(.moves, RandomResizedCrop(small, scale: 0.3...1)),
    // No window fits: the middle is taken after twenty draws.
    TargetCase(.moves, RandomResizedCrop(small, scale: 0.9...1, ratio: 1...1)),
    TargetCase(.moves, HorizontalFlip()),
    TargetCase(.moves, VerticalFlip()),
    TargetCase(.moves, warp),
    TargetCase(.moves, RandomAffine(angle: -45...45, scale: 0.95...1.2)),
  ]

  private static let colouring: [TargetCase] = [
    TargetCase(.colours, jitter),
    TargetCase(.colours, Cutout(side: 30)),
  ]

  private static let mixed: [TargetCase] = [
    TargetCase(.both, RandAugment(steps: 1)),
    TargetCase(.both, RandAugment(steps: 3)),
    TargetCase(
      .both,
      Chain([
        jitter, RandomCrop(ImageSize(width: 100, height: 70), padding: 8), warp, Cutout(side: 20),
        HorizontalFlip(),
      ])),
    TargetCase(
      .both,
      OneOf([
        jitter, warp, VerticalFlip(1),
        Chain([RandomResizedCrop(small, scale: 0.5...1), Cutout(side: 20)]),
      ])),
  ]

  private static func ofPreset(_ name: PresetName) -> [TargetCase] {
    let preset = Preset(name, size: small)
    return [
      TargetCase(
        name == .paper ? .both : .moves, Chain([preset.deterministic, preset.random]), "\(name)"),
      TargetCase(.both, Chain([preset.deterministic, preset.strong]), "\(name), strong"),
      TargetCase(.moves, preset.evaluation, "\(name), evaluation"),
    ]
  }
}
