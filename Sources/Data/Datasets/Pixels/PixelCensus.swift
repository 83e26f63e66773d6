public import Imaging

/// What the files of some images leave open, counted: so that nothing is chosen in silence.
public struct PixelCensus: Codable, Sendable, Equatable {
  /// Images of each sample type, by the type's name.
  public private(set) var types: [String: Int] = [:]
  /// Images whose files have more pages, frames or images than the one that is read.
  public private(set) var severalPages = 0
  /// Most pages of a file.
  public private(set) var mostPages = 1
  /// Images with an alpha channel.
  public private(set) var alpha = 0
  /// Images with bands that are read neither as colours nor as alpha.
  public private(set) var spareBands = 0
  /// Colour samples that a scale was used on, and those of them beyond its ends; 0 before images are read
  /// with a scale.
  public private(set) var scaledSamples = 0
  /// See ``scaledSamples``.
  public private(set) var clippedSamples = 0

  /// Nothing counted yet.
  public init() {}

  /// What a survey found.
  public init(_ survey: Survey) {
    for facts in survey.facts {
      guard facts.failure == nil, let type = facts.type else { continue }
      types[type.rawValue, default: 0] += 1
      if facts.pages > 1 { severalPages += 1 }
      mostPages = max(mostPages, facts.pages)
      if facts.hasAlpha { alpha += 1 }
      if facts.spareBands > 0 { spareBands += 1 }
    }
  }

  /// Counts an image that was read.
  ///
  /// - Parameters:
  ///   - file: what came of it.
  ///   - reading: how it was read.
  mutating func add(_ file: RenderedFile, _ reading: PixelReading) {
    let header = file.header
    types[header.type.rawValue, default: 0] += 1
    if header.pages > 1 { severalPages += 1 }
    mostPages = max(mostPages, header.pages)
    if header.alphaBand != nil { alpha += 1 }
    if header.spareBands(reading) > 0 { spareBands += 1 }
    if reading.scale?.covers(header.type) == true {
      scaledSamples += header.width * header.height * header.coloursRead(reading)
      clippedSamples += file.clipped
    }
  }

  /// Images of a sample type.
  public func images(of type: SampleType) -> Int { types[type.rawValue] ?? 0 }

  /// Images of the types whose black and white only the data can tell: signed, 32-bit, floating-point.
  public var withoutRange: Int {
    SampleType.allCases.filter { !$0.hasRange }.reduce(0) { $0 + images(of: $1) }
  }

  /// The sample types that occur, in the order of ``SampleType``.
  public var occurring: [SampleType] { SampleType.allCases.filter { images(of: $0) > 0 } }
}
