import Requirements

/// What happens to an image between the file and the batch: a deterministic part whose result may be
/// kept, a random part that is drawn anew every time, and what evaluation sees instead.
public struct Preset: Sendable {
  /// The one to use.
  public let name: PresetName
  /// Of the images that training and evaluation receive.
  public let size: ImageSize
  /// A JPEG need not be decoded larger than this; the same at training and at evaluation.
  public let decodeSize: ImageSize
  /// First, at training: the same for every epoch.
  public let deterministic: any Transform
  /// Then, at training.
  public let random: any Transform
  /// Instead of `random` where a method wants a strong view: the random part, then RandAugment of two steps and a
  /// grey square of half the smaller side, as in the authors' code of FixMatch.
  public var strong: any Transform {
    Chain([random, RandAugment(steps: 2), Cutout(side: min(size.width, size.height) / 2)])
  }
  /// Instead of both, at evaluation and prediction.
  public let evaluation: any Transform

  /// The preset of a name.
  ///
  /// - Parameters:
  ///   - name: the one to use
  ///   - size: of the images that training and evaluation receive
  ///   - interpolation: how images are scaled to it; turning and shifting is as it is
  ///   - cropShare: part of the shorter side that evaluation cuts out where the preset crops, above 0 and at most 1
  /// - Precondition: `cropShare` is in range.
  public init(
    _ name: PresetName, size: ImageSize, interpolation: Interpolation = .bilinear,
    cropShare: Double = usualCropShare
  ) {
    require(
      cropShare > 0 && cropShare <= 1,
      "Preset.init: expected a share above 0 and at most 1, got \(cropShare)")
    self.name = name
    self.size = size
    switch name {
    case .none:
      random = Identity()
    case .crop:
      random = Chain([RandomCrop(size, padding: 4), HorizontalFlip()])
    case .resizedCrop:
      random = Chain([RandomResizedCrop(size, sampling: interpolation), HorizontalFlip()])
    case .paper:
      random = Self.paper
    }
    guard name == .resizedCrop else {
      decodeSize = size
      deterministic = Resize(size, sampling: interpolation)
      evaluation = Resize(size, sampling: interpolation)
      return
    }
    // Twice the size, so that a window of a quarter of the image is not enlarged.
    let longer = max(size.width, size.height)
    decodeSize = ImageSize(2 * longer)
    deterministic = ResizeShorter(2 * longer, sampling: interpolation)
    let shorter = Int((Double(longer) / cropShare).rounded(.down))
    evaluation = Chain([ResizeShorter(shorter, sampling: interpolation), CenterCrop(size)])
  }

  /// Part of the shorter side that evaluation cuts out unless told, 7/8: of 256 pixels 224.
  public static let usualCropShare = 0.875

  /// Galdran, Carneiro & González Ballester, Balanced-MixUp for Highly Imbalanced Medical Image
  /// Classification, MICCAI 2021, as in the authors' code: one of scaling, shifting along the width and
  /// turning, nearest pixel, black outside; then colours and flips.
  private static var paper: Chain {
    Chain([
      OneOf([
        RandomAffine(scale: 0.95...1.20),
        RandomAffine(horizontalShift: 0.05),
        RandomAffine(angle: -45...45),
      ]),
      ColorJitter(brightness: 0.25, contrast: 0.25, saturation: 0.25, hue: 0.01),
      HorizontalFlip(),
      VerticalFlip(),
    ])
  }
}
