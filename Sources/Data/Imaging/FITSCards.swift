/// One header unit of a FITS file: 80-byte cards, `KEYWORD = value / comment`, up to `END`.
struct FITSCards {
  private var values: [String: String] = [:]
  /// Where the unit's data begin.
  let end: Int

  /// - Returns: nil when the bytes end before `END` does.
  init?(_ bytes: [UInt8], from start: Int) {
    var at = start
    while at + 80 <= bytes.count {
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

  /// Bits a sample; negative for floating point.
  var bits: Int { integer("BITPIX") ?? 0 }

  /// Lengths, the fastest axis first.
  var axes: [Int] {
    let count = min(max(integer("NAXIS") ?? 0, 0), 999)
    return (0..<count).map { integer("NAXIS\($0 + 1)") ?? 0 }
  }

  /// Bytes of the unit's data, padded to whole blocks; 0 where the lengths make no sense.
  var paddedDataCount: Int {
    guard !axes.isEmpty else { return 0 }
    var count = abs(bits) / 8 * max(integer("GCOUNT") ?? 1, 1)
    for (length, extra) in zip(axes, axes.indices.map { $0 == 0 ? integer("PCOUNT") ?? 0 : 0 }) {
      let (product, overflow) = count.multipliedReportingOverflow(by: max(length, 0))
      if overflow || product > 1 << 48 { return 0 }
      count = product + extra
    }
    return (count + 2879) / 2880 * 2880
  }

  /// How stored numbers become physical ones.
  var calibration: FITSCalibration {
    FITSCalibration(
      zero: real("BZERO") ?? 0, scale: real("BSCALE") ?? 1, blank: integer("BLANK"))
  }
}

/// `BZERO + BSCALE × stored`.
struct FITSCalibration {
  let zero: Double
  let scale: Double
  let blank: Int?

  /// NaN where the file marks the integer blank.
  func callAsFunction(_ stored: Int) -> Double { stored == blank ? .nan : self(Double(stored)) }

  func callAsFunction(_ stored: Double) -> Double { zero + scale * stored }
}
