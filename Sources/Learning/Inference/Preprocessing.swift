public import Batches
public import Imaging

/// What happens to an image before the network sees it; stored with the model.
public struct Preprocessing: Codable, Sendable, Equatable {
  /// Size of the network's input, in pixels.
  public let size: ImageSize
  /// The preset whose evaluation transform is applied.
  public let preset: PresetName
  /// Centring and scaling of the pixels.
  public let normalization: Normalization
  /// How stored samples become pictures; nil in models from before there was a choice, see ``reading``.
  public var pixels: PixelReading?

  /// A preprocessing of its parts.
  public init(
    size: ImageSize, preset: PresetName, normalization: Normalization, pixels: PixelReading? = nil
  ) {
    (self.size, self.preset, self.normalization) = (size, preset, normalization)
    self.pixels = pixels
  }

  /// The transforms by name and size.
  public var transforms: Preset { Preset(preset, size: size) }

  /// How stored samples become pictures: a model that says nothing was trained with each image stretched
  /// for itself.
  public var reading: PixelReading { pixels ?? .perImage }
}

extension Preprocessing: CustomReflectable {
  /// Without a reading, the parts that there were before it: the digest of a run's settings is made of
  /// their text, and the checkpoints of earlier runs must keep theirs.
  public var customMirror: Mirror {
    var parts: [(label: String?, value: Any)] = [
      ("size", size), ("preset", preset), ("normalization", normalization),
    ]
    if let pixels { parts.append(("pixels", pixels)) }
    return Mirror(self, children: parts, displayStyle: .struct)
  }
}
