/// How stored samples become 8-bit RGB: what is chosen where a file leaves a choice. A model keeps the
/// reading that it was trained with.
public struct PixelReading: Sendable, Hashable, Codable {
  /// What an alpha channel is composed onto.
  public enum Alpha: String, Sendable, Codable, CaseIterable {
    /// Transparent is black.
    case black
    /// Transparent is white.
    case white
    /// The channel is left out: transparent pixels show the colour that is stored with them.
    case ignore
  }

  /// Page, frame or image of the file, from 1.
  public var page: Int
  /// Bands that become red, green and blue, or the one that becomes grey, from 1; nil is the first three,
  /// or the first of one or two.
  public var bands: [Int]?
  /// What an alpha channel is composed onto.
  public var alpha: Alpha
  /// Which values of signed, 32-bit and floating-point samples are black and white; nil where it is not
  /// known, and then such an image is not read.
  public var scale: IntensityScale?
  /// Whether images are read as by models without a reading: signed, 32-bit, floating-point and FITS
  /// images stretched each from its own lowest to its own highest value, a second or fourth band taken for
  /// alpha whatever the file says.
  public private(set) var isPerImage = false

  /// A reading.
  ///
  /// - Parameters:
  ///   - page: page, frame or image of the file, from 1
  ///   - bands: one or three bands, from 1; nil is the first three, or the first of one or two
  ///   - alpha: what an alpha channel is composed onto
  ///   - scale: which values are black and white where the sample type does not say it
  public init(
    page: Int = 1, bands: [Int]? = nil, alpha: Alpha = .black, scale: IntensityScale? = nil
  ) {
    (self.page, self.bands, self.alpha, self.scale) = (page, bands, alpha, scale)
  }

  /// The reading of models that say none: they were trained before there was one.
  public static var perImage: PixelReading {
    var reading = PixelReading()
    reading.isPerImage = true
    return reading
  }

  /// Greatest page and band that may be asked for.
  public static let limit = 65_536

  /// What makes it useless, if something does: anyone may have written it.
  public var problem: String? {
    if !(1...Self.limit).contains(page) { return "expected a page from 1, got \(page)" }
    guard let bands else { return nil }
    guard bands.count == 1 || bands.count == 3,
      bands.allSatisfy({ (1...Self.limit).contains($0) })
    else { return "expected one or three bands from 1, got \(bands)" }
    return nil
  }
}
