public import Batches
public import Datasets
public import Imaging
public import Torch

/// What happens to an example before the network sees it; stored with the model.
public enum Preprocessing: Codable, Sendable, Equatable {
  /// Of an image: decoding, size, transforms, normalisation.
  case images(ImagePreprocessing)
  /// Of features or a series: centring and scaling.
  case rows(Standardization)

  /// The preprocessing of images of its parts.
  public init(
    size: ImageSize, preset: PresetName, normalization: Normalization, pixels: PixelReading? = nil
  ) {
    self = .images(
      ImagePreprocessing(size: size, preset: preset, normalization: normalization, pixels: pixels))
  }

  /// That of images, where the examples are images.
  public var images: ImagePreprocessing? {
    if case .images(let images) = self { images } else { nil }
  }

  /// The same with every example judged once, where it is of images that are judged by crops.
  public var withoutCrops: Preprocessing { images.map { .images($0.withoutCrops) } ?? self }

  /// What the examples are.
  public var kind: InputKind {
    if case .rows(let standardization) = self { standardization.input } else { .images }
  }

  /// Numbers of a row or channels of a series, which the network is built for; `nil` of images.
  public var width: Int? {
    if case .rows(let standardization) = self { standardization.width } else { nil }
  }

  /// Where inputs may lie, for an attack in pixels; `nil` of inputs that are no pixels.
  ///
  /// - Parameter device: where the inputs are.
  public func bounds(on device: Device) -> InputBounds? { images?.normalization.bounds(on: device) }

  /// What makes it useless, if something does: anyone may have written the file.
  package var problem: String? {
    switch self {
    case .images(let images): images.problem
    case .rows(let standardization): standardization.problem
    }
  }

  /// Its part in the digest of a run's settings; of images the text that earlier versions digested, so that
  /// their checkpoints are still taken up.
  package var digestText: String {
    switch self {
    case .images(let images): "Preprocessing" + "\(images)".dropFirst("ImagePreprocessing".count)
    case .rows(let standardization): "\(standardization)"
    }
  }

  private enum CodingKeys: CodingKey { case rows }

  /// Decodes; images stand as they did before there was anything else.
  ///
  /// - Throws: `DecodingError` where it is neither.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    if let rows = try fields.decodeIfPresent(Standardization.self, forKey: .rows) {
      self = .rows(rows)
    } else {
      self = .images(try ImagePreprocessing(from: decoder))
    }
  }

  /// Encodes.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .images(let images): try images.encode(to: encoder)
    case .rows(let standardization):
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode(standardization, forKey: .rows)
    }
  }
}
