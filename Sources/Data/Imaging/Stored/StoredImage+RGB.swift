extension StoredImage {
  /// The picture as 8-bit RGB, and how many of its colour samples lay beyond the scale.
  struct Rendered {
    var image: Image
    /// Samples below `low` or above `high` of the scale; 0 where no scale was used.
    var clipped: Int
  }

  /// The picture as 8-bit RGB.
  ///
  /// Samples become levels first: 8 bits as they are, 16 unsigned bits by `round(v / 257)`, everything
  /// that a scale covers by the scale. Alpha is then composed onto its background, as `round(α l + (1 − α) b)`.
  ///
  /// - Parameters:
  ///   - reading: what is chosen.
  ///   - name: what errors call it.
  ///   - stretches: whether a reading per image stretches 8 and 16 unsigned bits too.
  /// - Throws: `ImageError` when the reading asks for a band that is not there, or says no scale for
  ///   samples that need one.
  func rgb(
    _ reading: PixelReading, name: String, stretches: Bool = false
  ) throws(ImageError) -> Rendered {
    guard let bands = picked(reading) else {
      throw .bands(name: name, found: self.bands, asked: reading.bands)
    }
    let levels: Levels
    if reading.isPerImage && (stretches || !type.hasRange) {
      levels = doing(OwnRange(stride: self.bands, colours: Array(Set(bands)).sorted()))
    } else if let scale = reading.scale, scale.covers(type) {
      levels = Levels(low: scale.low, high: scale.high)
    } else if type.hasRange {
      levels = Levels(low: 0, high: type.opaque)
    } else {
      throw .noScale(name: name, type: type)
    }
    // Before there was a reading, alpha counted with 8 and 16 unsigned bits alone.
    let isComposed = reading.alpha != .ignore && !reading.isPerImage
    let alpha = isComposed ? alphaBand : nil
    return doing(
      Rendering(
        width: width, height: height, stride: self.bands, bands: bands, alpha: alpha,
        opaque: type.opaque, background: reading.alpha == .white ? 255 : 0, levels: levels))
  }
}

/// A straight line from values to levels.
struct Levels {
  let low: Double
  let high: Double
  let factor: Double

  /// Values from `low` to `high`; one value alone becomes 0.
  init(low: Double, high: Double) {
    (self.low, self.high) = (low, high)
    factor = high > low ? 255 / (high - low) : 0
  }

  /// 0…255. NaN fails every comparison and becomes 0.
  @inline(__always)
  func callAsFunction(_ value: Double) -> UInt8 {
    let level = (value - low) * factor
    return level >= 255 ? 255 : level > 0 ? UInt8(level + 0.5) : 0
  }
}

/// The levels from an image's lowest finite value to its highest.
private struct OwnRange: SampleWork {
  let stride: Int
  let colours: [Int]

  func callAsFunction<Sample: StoredSample>(_ samples: UnsafeBufferPointer<Sample>) -> Levels {
    var (low, high) = (Double.infinity, -Double.infinity)
    for pixel in Swift.stride(from: 0, to: samples.count, by: stride) {
      for band in colours {
        let value = samples[pixel + band].real
        guard value.isFinite else { continue }
        low = min(low, value)
        high = max(high, value)
      }
    }
    return low <= high ? Levels(low: low, high: high) : Levels(low: 0, high: 0)
  }
}

private struct Rendering: SampleWork {
  let width: Int
  let height: Int
  let stride: Int
  /// Of red, green and blue.
  let bands: [Int]
  let alpha: Int?
  let opaque: Double
  let background: Double
  let levels: Levels

  func callAsFunction<Sample: StoredSample>(
    _ samples: UnsafeBufferPointer<Sample>
  ) -> StoredImage.Rendered {
    var clipped = 0
    let (red, green, blue) = (bands[0], bands[1], bands[2])
    let isGrey = red == green && green == blue
    let image = Image(width: width, height: height, channels: 3) { pixels in
      for i in 0..<(width * height) {
        let (from, to) = (i &* stride, 3 &* i)
        pixels[to] = level(samples[from &+ red].real, &clipped)
        pixels[to &+ 1] = isGrey ? pixels[to] : level(samples[from &+ green].real, &clipped)
        pixels[to &+ 2] = isGrey ? pixels[to] : level(samples[from &+ blue].real, &clipped)
        guard let alpha else { continue }
        compose(&pixels[to], &pixels[to &+ 1], &pixels[to &+ 2], samples[from &+ alpha].real)
      }
    }
    return StoredImage.Rendered(image: image, clipped: clipped)
  }

  @inline(__always)
  private func level(_ value: Double, _ clipped: inout Int) -> UInt8 {
    if value < levels.low || value > levels.high { clipped &+= 1 }
    return levels(value)
  }

  @inline(__always)
  private func compose(
    _ red: inout UInt8, _ green: inout UInt8, _ blue: inout UInt8, _ alpha: Double
  ) {
    let share = alpha > 0 ? min(alpha / opaque, 1) : 0
    func composed(_ level: UInt8) -> UInt8 {
      UInt8(share * Double(level) + (1 - share) * background + 0.5)
    }
    (red, green, blue) = (composed(red), composed(green), composed(blue))
  }
}
