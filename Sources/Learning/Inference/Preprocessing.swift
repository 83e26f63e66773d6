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

  /// A preprocessing of its parts.
  public init(size: ImageSize, preset: PresetName, normalization: Normalization) {
    (self.size, self.preset, self.normalization) = (size, preset, normalization)
  }

  /// The transforms by name and size.
  public var transforms: Preset { Preset(preset, size: size) }
}
