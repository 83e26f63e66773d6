public import Batches
public import Imaging

/// What happens to an image before the network sees it.
public struct ImagePreprocessing: Codable, Sendable, Equatable {
  /// Size of the network's input, in pixels.
  public let size: ImageSize
  /// The preset whose evaluation transform is applied.
  public let preset: PresetName
  /// Centring and scaling of the pixels.
  public let normalization: Normalization
  /// How stored samples become pictures; nil in models from before there was a choice, see ``reading``.
  public var pixels: PixelReading?
  /// Pixels that the sides of an image have over ``size`` when it is judged, so that five crops of it are averaged; nil
  /// judges one.
  public var margin: Int?
  /// How images are scaled; nil in models from before there was a choice, and where it is bilinear.
  public var interpolation: Interpolation?
  /// Part of the shorter side that evaluation cuts out where the preset crops, above 0 and at most 1; nil is 7/8.
  public var cropShare: Double?

  /// A preprocessing of its parts.
  public init(
    size: ImageSize, preset: PresetName, normalization: Normalization, pixels: PixelReading? = nil
  ) {
    self.size = size
    self.preset = preset
    self.normalization = normalization
    self.pixels = pixels
  }

  /// What an image is brought to before it is judged: more than ``size`` where crops of it are.
  public var judgedSize: ImageSize {
    ImageSize(width: size.width + (margin ?? 0), height: size.height + (margin ?? 0))
  }

  /// The same with every image judged once.
  public var withoutCrops: ImagePreprocessing {
    var result = self
    result.margin = nil
    return result
  }

  /// The transforms by name and size.
  public var transforms: Preset { transforms(to: size) }

  /// The transforms to another size.
  ///
  /// - Parameter size: of the images that training and evaluation receive.
  func transforms(to size: ImageSize) -> Preset {
    Preset(
      preset, size: size, interpolation: interpolation ?? .bilinear,
      cropShare: cropShare ?? Preset.usualCropShare)
  }

  /// How stored samples become pictures: a model that says nothing was trained with each image stretched
  /// for itself.
  public var reading: PixelReading { pixels ?? .perImage }

  /// Largest side of an image that a model may ask for, in pixels.
  private static let largestSide = 8192

  /// What makes it useless, if something does.
  var problem: String? {
    if ![size.width, size.height].allSatisfy((1...Self.largestSide).contains) {
      return "expected images of 1 to \(Self.largestSide) pixels a side, got \(size)"
    }
    let (mean, std) = (normalization.mean, normalization.std)
    if mean.count != 3 || std.count != 3 || !(mean + std).allSatisfy(\.isFinite)
      || !std.allSatisfy({ $0 > 0 })
    {
      return "expected 3 means and 3 deviations above 0, got \(mean) and \(std)"
    }
    if let margin, !(0...Self.largestSide).contains(margin) {
      return "expected a margin of 0 to \(Self.largestSide) pixels, got \(margin)"
    }
    // Below a sixteenth a picture is scaled up more than any network asks for.
    if let cropShare, !(cropShare >= 1.0 / 16 && cropShare <= 1) {
      return "expected a crop of 1/16 to 1 of the shorter side, got \(cropShare)"
    }
    return pixels?.problem
  }
}

extension ImagePreprocessing: CustomReflectable {
  /// Without a reading, the parts that there were before it: the digest of a run's settings is made of
  /// their text, and the checkpoints of earlier runs must keep theirs.
  public var customMirror: Mirror {
    var parts: [(label: String?, value: Any)] = [
      ("size", size), ("preset", preset), ("normalization", normalization),
    ]
    if let pixels { parts.append(("pixels", pixels)) }
    if let margin { parts.append(("margin", margin)) }
    if let interpolation { parts.append(("interpolation", interpolation)) }
    if let cropShare { parts.append(("cropShare", cropShare)) }
    return Mirror(self, children: parts, displayStyle: .struct)
  }
}
