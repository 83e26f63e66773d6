/// A picture as grey numbers, for comparing pictures: luma of colours, the band of a grey one.
public struct GreyPicture: Sendable, Equatable {
  /// Columns, at least 1.
  public let width: Int
  /// Rows, at least 1.
  public let height: Int
  /// `[H, W]`, in the units of stored samples; 16 unsigned bits count in 1/257, as 8-bit levels do.
  public let values: [Float]
  /// Whether a unit is an 8-bit level, so that a difference of one or two is nothing to be seen.
  let isInLevels: Bool

  init(width: Int, height: Int, values: [Float], isInLevels: Bool) {
    (self.width, self.height, self.values) = (width, height, values)
    self.isInLevels = isInLevels
  }

  /// Shorter side that a large picture is brought down to, by whole factors: hundreds of stored pixels in
  /// each cell of a thumbnail are enough.
  private static let enough = 256

  private static func factor(_ width: Int, _ height: Int) -> Int {
    max(1, min(width, height) / enough)
  }

  /// The luma of an image, ITU-R BT.601 in 1/256.
  public init(_ image: Image) {
    let factor = Self.factor(image.width, image.height)
    let (columns, rows) = (image.width / factor, image.height / factor)
    let (channels, stride) = (image.channels, image.width * image.channels)
    let values = image.pixels.withUnsafeBufferPointer { pixels in
      [Float](unsafeUninitializedCapacity: columns * rows) { out, initialised in
        let share = 1 / Float(256 * factor * factor)
        for y in 0..<rows {
          for x in 0..<columns {
            var sum: UInt32 = 0
            for dy in 0..<factor {
              var at = (y &* factor &+ dy) &* stride &+ x &* factor &* channels
              for _ in 0..<factor {
                let (red, green) = (
                  UInt32(pixels[at]), UInt32(pixels[at &+ (channels == 3 ? 1 : 0)])
                )
                let blue = UInt32(pixels[at &+ (channels == 3 ? 2 : 0)])
                sum &+= 77 &* red &+ 150 &* green &+ 29 &* blue
                at &+= channels
              }
            }
            out[y &* columns &+ x] = Float(sum) * share
          }
        }
        initialised = columns * rows
      }
    }
    self.init(width: columns, height: rows, values: values, isInLevels: true)
  }

  /// The luma of stored samples; what is not finite counts as the mean of the rest.
  ///
  /// - Parameters:
  ///   - image: any.
  ///   - reading: which bands are red, green and blue.
  /// - Returns: nil where the reading asks for a band that is not there.
  public init?(_ image: StoredImage, _ reading: PixelReading) {
    guard let bands = image.picked(reading) else { return nil }
    let factor = Self.factor(image.width, image.height)
    self = image.doing(
      Luma(
        width: image.width, height: image.height, stride: image.bands, bands: bands, factor: factor,
        unit: image.type == .uint16 ? 1.0 / 257 : 1, isInLevels: image.type.hasRange))
  }

  /// The mean of each cell of a grid over a window of the picture.
  ///
  /// - Returns: `[side, side]`.
  func averaged(_ window: ImageWindow = .whole, side: Int) -> [Float] {
    let across = AreaAxis(length: width, span: window.columns, count: side)
    let down = AreaAxis(length: height, span: window.rows, count: side)
    var narrow = [Float](repeating: 0, count: height * side)
    for y in down.starts[0]..<(down.starts[side - 1] + down.offsets[side] - down.offsets[side - 1])
    {
      for x in 0..<side {
        var sum: Float = 0
        for tap in across.offsets[x]..<across.offsets[x + 1] {
          let column = across.starts[x] + tap - across.offsets[x]
          sum += across.weights[tap] * values[y * width + column]
        }
        narrow[y * side + x] = sum
      }
    }
    var result = [Float](repeating: 0, count: side * side)
    for y in 0..<side {
      for tap in down.offsets[y]..<down.offsets[y + 1] {
        let row = (down.starts[y] + tap - down.offsets[y]) * side
        for x in 0..<side { result[y * side + x] += down.weights[tap] * narrow[row + x] }
      }
    }
    return result
  }
}

/// A part of a picture, as fractions of its width and height; it may stick out.
struct ImageWindow: Sendable, Equatable {
  var columns: ClosedRange<Float>
  var rows: ClosedRange<Float>

  static let whole = ImageWindow(columns: 0...1, rows: 0...1)
}

private struct Luma: SampleWork {
  let width: Int
  let height: Int
  let stride: Int
  let bands: [Int]
  let factor: Int
  let unit: Double
  let isInLevels: Bool

  func callAsFunction<Sample: StoredSample>(
    _ samples: UnsafeBufferPointer<Sample>
  ) -> GreyPicture {
    let (columns, rows) = (width / factor, height / factor)
    var values = [Float](repeating: 0, count: columns * rows)
    var (total, finite) = (0.0, 0)
    for y in 0..<rows {
      for x in 0..<columns {
        let value = mean(samples, x, y) * unit
        let single = Float(value)
        values[y * columns + x] = single.isFinite ? single : .nan
        if single.isFinite { (total, finite) = (total + Double(single), finite + 1) }
      }
    }
    let middle = Float(finite > 0 ? total / Double(finite) : 0)
    for i in values.indices where values[i].isNaN { values[i] = middle }
    return GreyPicture(width: columns, height: rows, values: values, isInLevels: isInLevels)
  }

  /// The luma of a block; samples that are not finite make it so.
  @inline(__always)
  private func mean<Sample: StoredSample>(
    _ samples: UnsafeBufferPointer<Sample>, _ x: Int, _ y: Int
  ) -> Double {
    var sum = 0.0
    for dy in 0..<factor {
      for dx in 0..<factor {
        let at = ((y * factor + dy) * width + x * factor + dx) * stride
        let (red, green) = (samples[at + bands[0]].real, samples[at + bands[1]].real)
        sum += 77.0 / 256 * red + 150.0 / 256 * green + 29.0 / 256 * samples[at + bands[2]].real
      }
    }
    return sum / Double(factor * factor)
  }
}
