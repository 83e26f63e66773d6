import Requirements

/// The pixels of a file as they are stored, upright: any sample type, any number of bands.
public struct StoredImage: Sendable, Equatable {
  /// Columns, at least 1.
  public let width: Int
  /// Rows, at least 1.
  public let height: Int
  /// Samples a pixel, alpha included.
  public let bands: Int
  /// The band that is alpha, from 0; nil when none is.
  public let alphaBand: Int?
  /// What a sample is.
  public let type: SampleType
  /// `[H, W, bands]` samples in this machine's byte order, the band running fastest.
  public let bytes: [UInt8]

  /// An image of given samples.
  ///
  /// - Parameters:
  ///   - width: columns, at least 1
  ///   - height: rows, at least 1
  ///   - bands: samples a pixel, at least 1
  ///   - alphaBand: the band that is alpha, from 0
  ///   - type: what a sample is
  ///   - bytes: `[H, W, bands]` samples in this machine's byte order
  /// - Precondition: `bytes` has one sample for each cell, and `alphaBand` is one of several bands.
  public init(
    width: Int, height: Int, bands: Int, alphaBand: Int? = nil, type: SampleType, bytes: [UInt8]
  ) {
    require(
      width > 0 && height > 0 && bands > 0 && bytes.count == width * height * bands * type.size,
      "StoredImage.init: expected \(width)×\(height)×\(bands) samples of \(type.size) bytes, "
        + "got \(bytes.count) bytes")
    require(
      alphaBand.map { bands > 1 && (0..<bands).contains($0) } ?? true,
      "StoredImage.init: expected an alpha band among \(bands), got \(alphaBand ?? -1)")
    (self.width, self.height, self.bands) = (width, height, bands)
    (self.alphaBand, self.type, self.bytes) = (alphaBand, type, bytes)
  }

  /// Width and height together.
  public var size: ImageSize { ImageSize(width: width, height: height) }

  /// The bands that carry colour: all but alpha, from 0.
  var colours: [Int] { (0..<bands).filter { $0 != alphaBand } }

  /// The bands that become red, green and blue.
  ///
  /// - Returns: three numbers from 0, or nil when the image lacks a band that is asked for, or has more
  ///   than four and none is asked for.
  func picked(_ reading: PixelReading) -> [Int]? {
    let wanted: [Int]
    if let bands = reading.bands {
      wanted = bands.map { $0 - 1 }
    } else {
      guard bands <= 4 else { return nil }
      wanted = colours.count >= 3 ? Array(colours.prefix(3)) : [colours[0]]
    }
    guard wanted.allSatisfy((0..<bands).contains) else { return nil }
    return wanted.count == 1 ? [wanted[0], wanted[0], wanted[0]] : wanted
  }

  /// What `work` makes of the samples, as numbers of their own type.
  func doing<Work: SampleWork>(_ work: Work) -> Work.Result {
    bytes.withUnsafeBytes { raw in
      switch type {
      case .uint8: work(raw.bindMemory(to: UInt8.self))
      case .int8: work(raw.bindMemory(to: Int8.self))
      case .uint16: work(raw.bindMemory(to: UInt16.self))
      case .int16: work(raw.bindMemory(to: Int16.self))
      case .uint32: work(raw.bindMemory(to: UInt32.self))
      case .int32: work(raw.bindMemory(to: Int32.self))
      case .int64: work(raw.bindMemory(to: Int64.self))
      case .float32: work(raw.bindMemory(to: Float.self))
      case .float64: work(raw.bindMemory(to: Double.self))
      }
    }
  }
}

/// Something done with samples of any type: one generic function, compiled for each of them.
protocol SampleWork {
  associatedtype Result
  /// - Parameter samples: `[H, W, bands]`.
  func callAsFunction<Sample: StoredSample>(_ samples: UnsafeBufferPointer<Sample>) -> Result
}
