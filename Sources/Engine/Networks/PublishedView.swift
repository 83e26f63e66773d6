/// What of an image the published weights of a network were evaluated on, beside size and normalisation: how it is scaled,
/// and how much of it is cut out where it is cropped.
///
/// It is a property of the weights, and others of the same network may differ: those that are meant are timm's first ones,
/// torchvision's first ones of MobileNetV2, ResNets and DenseNet-121, and of towers of images and text their authors'.
/// `Goldens/Networks/views.py` names them all.
public struct PublishedView: Sendable, Equatable {
  /// Part of the shorter side that the centre crop keeps, above 0 and at most 1.
  public let cropShare: Double
  /// Whether images are scaled by cubic convolution, and not by a triangle.
  public let isBicubic: Bool

  /// 224 of 256 pixels, bilinear: what torchvision's weights see.
  static let usual = PublishedView(cropShare: 0.875, isBicubic: false)
}

extension Architecture {
  /// What of an image its published weights were evaluated on.
  public var view: PublishedView {
    guard Self.bicubic.contains(where: name.hasPrefix) else { return .usual }
    let share = Self.shares.first { name.contains($0.part) }?.share
    return PublishedView(cropShare: share ?? PublishedView.usual.cropShare, isBicubic: true)
  }

  /// Families whose published weights see images scaled by cubic convolution.
  private static let bicubic = [
    "efficientnet", "convnext", "vit_", "swin_", "regnety", "mobilenetv3",
  ]

  /// Shares other than 7/8, of the first part of a name that there is.
  private static let shares: [(part: String, share: Double)] = [
    ("_torch", 0.875), ("lite1", 0.882), ("lite2", 0.89), ("net_b1", 0.882), ("net_b2", 0.89),
    ("net_b3", 0.904), ("net_b4", 0.922), ("netv2_s", 1), ("dinov", 1), ("clip", 1),
    ("siglip", 1), ("vit_", 0.9), ("swin_", 0.9), ("regnety_032", 0.95),
  ]
}
