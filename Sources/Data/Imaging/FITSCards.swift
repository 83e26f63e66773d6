/// One header unit of a FITS file: 80-byte cards, `KEYWORD = value / comment`, up to `END`.
///
/// Source: FITS standard 4.0 (2018), sections 4 and 7 (extensions, random groups).
struct FITSCards {
  private var values: [String: String] = [:]
  /// Where the unit's data begin.
  let end: Int

  /// - Returns: nil when the bytes end before `END` does.
  init?(_ bytes: [UInt8], from start: Int) {
    var at = start
    while at <= bytes.count - 80 {
      let card = String(decoding: bytes[at..<(at + 80)], as: UTF8.self)
      at += 80
      let keyword = Self.trimmed(card.prefix(8))
      if keyword == "END" {
        end = (at + 2879) / 2880 * 2880
        return
      }
      guard card.dropFirst(8).hasPrefix("= ") else { continue }
      values[keyword] = Self.value(card.dropFirst(10))
    }
    return nil
  }

  /// Text in quotes ends at the second quote, anything else at the comment.
  private static func value(_ text: Substring) -> String {
    let body = trimmed(text)
    guard body.hasPrefix("'") else { return trimmed(body.prefix { $0 != "/" }) }
    return trimmed(body.dropFirst().prefix { $0 != "'" })
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }

  private func integer(_ keyword: String) -> Int? { values[keyword].flatMap { Int($0) } }

  private func real(_ keyword: String) -> Double? {
    values[keyword].flatMap { Double(String($0.map { $0 == "D" ? "E" : $0 })) }
  }

  /// Whether the unit is the primary one or an image extension.
  var isImage: Bool { values["XTENSION"].map { $0 == "IMAGE" } ?? true }

  /// Bits a sample; negative for floating point; 0 where the header does not say.
  var bits: Int { integer("BITPIX") ?? 0 }

  /// Lengths, the fastest axis first.
  ///
  /// - Returns: nil when the header names no number of axes, more than 999, or not the length of each.
  var axes: [Int]? {
    guard let count = integer("NAXIS"), (0...999).contains(count) else { return nil }
    let lengths = (0..<count).compactMap { integer("NAXIS\($0 + 1)") }
    return lengths.count == count ? lengths : nil
  }

  /// Whether the unit holds groups of parameters and arrays, which the first axis of length 0 announces.
  private var isRandomGroups: Bool { values["GROUPS"] == "T" && axes?.first == 0 }

  /// Bytes of the unit's data, padded to whole blocks:
  /// `|BITPIX| / 8 · GCOUNT · (PCOUNT + NAXIS1 · … · NAXISn)`.
  ///
  /// - Returns: nil when the header's numbers are missing, negative or too large to be true.
  var paddedDataCount: Int? {
    guard let axes, [8, 16, 32, 64, -32, -64].contains(bits) else { return nil }
    let lengths = isRandomGroups ? Array(axes.dropFirst()) : axes
    let (extra, groups) = (integer("PCOUNT") ?? 0, integer("GCOUNT") ?? 1)
    guard extra >= 0, groups >= 1, lengths.allSatisfy({ $0 >= 0 }) else { return nil }
    if lengths.isEmpty { return 0 }
    guard let elements = Self.product(lengths) else { return nil }
    let (whole, overflow) = elements.addingReportingOverflow(extra)
    guard !overflow, let count = Self.product([whole, groups, abs(bits) / 8]) else { return nil }
    return (count + 2879) / 2880 * 2880
  }

  /// The product of numbers of at least 0; nil beyond 2⁵⁶, which no file reaches and which leaves room
  /// for sums.
  static func product(_ factors: [Int]) -> Int? {
    var product = 1
    for factor in factors {
      let (next, overflow) = product.multipliedReportingOverflow(by: factor)
      guard !overflow, next <= 1 << 56 else { return nil }
      product = next
    }
    return product
  }

  /// How stored numbers become physical ones.
  var calibration: FITSCalibration {
    FITSCalibration(
      zero: real("BZERO") ?? 0, scale: real("BSCALE") ?? 1, blank: bits > 0 ? integer("BLANK") : nil
    )
  }
}

/// `BZERO + BSCALE · stored`.
struct FITSCalibration {
  let zero: Double
  let scale: Double
  let blank: Int?

  /// NaN where the file marks the integer blank.
  func callAsFunction(_ stored: Int) -> Double { stored == blank ? .nan : self(Double(stored)) }

  func callAsFunction(_ stored: Double) -> Double { zero + scale * stored }

  /// The type that holds every physical number exactly, or as exactly as the file has it.
  ///
  /// - Parameter bits: BITPIX.
  func type(bits: Int) -> SampleType {
    if scale == 1 && blank == nil {
      switch (bits, zero) {
      case (8, 0): return .uint8
      case (8, -128): return .int8
      case (16, 0): return .int16
      case (16, 32_768): return .uint16
      case (32, 0): return .int32
      case (32, 2_147_483_648): return .uint32
      case (64, 0): return .int64
      default: break
      }
    }
    return bits == -32 && scale == 1 && zero == 0 ? .float32 : .float64
  }
}
