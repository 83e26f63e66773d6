import Requirements

/// Which stored values become black and white: one scale for a whole set of images, so that what is twice
/// as bright in one image as in another stays so.
///
/// `level = round(255 (v − low) / (high − low))`, cut off at 0 and 255; NaN becomes 0.
public struct IntensityScale: Sendable, Codable, Hashable {
  /// Becomes 0, as does everything below.
  public let low: Double
  /// Becomes 255, as does everything above.
  public let high: Double
  /// Whether it holds for 16-bit unsigned samples too, whose own range is 0…65,535.
  public let coversUnsigned16: Bool

  /// A scale.
  ///
  /// - Parameters:
  ///   - low: finite; becomes 0
  ///   - high: finite, above `low`; becomes 255
  ///   - coversUnsigned16: whether it holds for 16-bit unsigned samples too
  /// - Precondition: both are finite and `low` lies below `high`.
  public init(low: Double, high: Double, coversUnsigned16: Bool) {
    require(
      low.isFinite && high.isFinite && low < high && (high - low).isFinite,
      "IntensityScale.init: expected finite values, the first below the second, got \(low) and \(high)"
    )
    (self.low, self.high, self.coversUnsigned16) = (low, high, coversUnsigned16)
  }

  /// Reads a scale; anyone may have written it.
  ///
  /// - Throws: `DecodingError` unless both values are finite and `low` lies below `high`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let low = try container.decode(Double.self, forKey: .low)
    let high = try container.decode(Double.self, forKey: .high)
    guard low.isFinite, high.isFinite, low < high, (high - low).isFinite else {
      throw DecodingError.dataCorruptedError(
        forKey: .high, in: container,
        debugDescription:
          "expected finite values, the first below the second, got \(low) and \(high)")
    }
    self.init(
      low: low, high: high,
      coversUnsigned16: try container.decode(Bool.self, forKey: .coversUnsigned16))
  }

  private enum CodingKeys: String, CodingKey {
    case low, high
    case coversUnsigned16 = "covers_unsigned_16"
  }

  /// Whether samples of a type are read by it.
  public func covers(_ type: SampleType) -> Bool {
    type == .uint16 ? coversUnsigned16 : !type.hasRange
  }
}

extension IntensityScale: CustomStringConvertible {
  /// `low…high`, the shortest digits that come back as the same numbers.
  public var description: String { "\(Self.text(low))…\(Self.text(high))" }

  private static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }
}
