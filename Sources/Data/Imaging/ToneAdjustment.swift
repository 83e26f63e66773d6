import Requirements

/// One change of an image's tones, each channel by itself, with the values of Pillow's `ImageOps`.
public enum ToneAdjustment: ImageOperation, Equatable {
  /// Stretches each channel so that its darkest value is 0 and its brightest 255.
  case autocontrast
  /// Spreads each channel's values evenly.
  case equalize
  /// Keeps so many upper bits of each value, 1…8.
  case posterize(bits: Int)
  /// Inverts values of the threshold, 0…256, and above.
  case solarize(threshold: Int)

  /// None: tones change, nothing moves.
  public var onTarget: (any ImageOperation)? { nil }

  /// Changes the image in place.
  ///
  /// - Parameter image: 1 or 3 channels
  /// - Precondition: bits and threshold lie in their ranges.
  public func apply(to image: inout Image) {
    for channel in 0..<image.channels {
      let table = table(image, channel)
      for place in stride(from: channel, to: image.pixels.count, by: image.channels) {
        image.pixels[place] = table[Int(image.pixels[place])]
      }
    }
  }

  /// What becomes of each value of a channel, `[256]`.
  private func table(_ image: Image, _ channel: Int) -> [UInt8] {
    if let table = fixedTable { return table }
    let counts = Self.histogram(image, channel)
    return self == .autocontrast ? Self.stretched(counts) : Self.spread(counts)
  }

  /// What becomes of each value, `[256]`, whatever the image; `nil` where it depends on the image.
  /// - Precondition: bits and threshold lie in their ranges.
  package var fixedTable: [UInt8]? {
    let values = Array<UInt8>(0...255)
    switch self {
    case .autocontrast, .equalize: return nil
    case .posterize(let bits):
      require((1...8).contains(bits), "ToneAdjustment: expected 1 to 8 bits, got \(bits)")
      return values.map { $0 & ~UInt8((1 << (8 - bits)) - 1) }
    case .solarize(let threshold):
      require(
        (0...256).contains(threshold),
        "ToneAdjustment: expected a threshold of 0 to 256, got \(threshold)")
      return values.map { Int($0) < threshold ? $0 : 255 - $0 }
    }
  }

  private static func histogram(_ image: Image, _ channel: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: 256)
    for place in stride(from: channel, to: image.pixels.count, by: image.channels) {
      counts[Int(image.pixels[place])] += 1
    }
    return counts
  }

  private static func stretched(_ counts: [Int]) -> [UInt8] {
    let (low, high) = (
      counts.firstIndex { $0 > 0 } ?? 0, counts.lastIndex { $0 > 0 } ?? 255
    )
    guard high > low else { return Array(0...255) }
    let scale = 255 / Double(high - low)
    return (0..<256).map { value in
      UInt8(min(max(Double(value) * scale - Double(low) * scale, 0), 255))
    }
  }

  /// Pillow's: steps of equal counts, the brightest value's own left out of their size.
  private static func spread(_ counts: [Int]) -> [UInt8] {
    let present = counts.filter { $0 > 0 }
    let step = (present.reduce(0, +) - (present.last ?? 0)) / 255
    guard present.count > 1, step > 0 else { return Array(0...255) }
    var sum = step / 2
    return counts.map { count in
      defer { sum += count }
      return UInt8(min(sum / step, 255))
    }
  }
}
