/// Boosted trees of several scores in one text: LightGBM's text of each, one after the other, or a constant where there is none.
///
/// ```text
/// boosters
/// version=1
/// count=3
/// booster=0 bytes=8124
/// tree …                        LightGBM's text, of so many bytes
/// booster=1 constant=-4.595119850134589
/// booster=2 bytes=9036
/// tree …
/// end of boosters
/// ```
public struct BoosterSections: Sendable, Equatable {
  /// Where one score comes from.
  public enum Section: Sendable, Equatable {
    /// Trees, as LightGBM writes them.
    case trees([UInt8])
    /// The same for each row.
    case constant(Double)
  }

  /// The version that is written; the only one that is read.
  public static let version = 1

  /// Where each score comes from, `[K]`.
  public let sections: [Section]

  /// - Parameter sections: where each score comes from, `[K]`.
  public init(_ sections: [Section]) { self.sections = sections }

  /// What is stored.
  public var text: [UInt8] {
    var text = Array("boosters\nversion=\(Self.version)\ncount=\(sections.count)\n".utf8)
    for (number, section) in sections.enumerated() {
      switch section {
      case .trees(let trees):
        text += Array("booster=\(number) bytes=\(trees.count)\n".utf8) + trees + Array("\n".utf8)
      case .constant(let value):
        text += Array("booster=\(number) constant=\(value)\n".utf8)
      }
    }
    return text + Array(Self.end.utf8)
  }

  private static let end = "end of boosters\n"

  /// Reads what was stored; the trees of each section are looked at by ``Booster`` alone.
  ///
  /// - Parameter text: what is stored.
  /// - Throws: ``BoostingError/refused(operation:reason:)`` that says which section is damaged.
  public init(text: [UInt8]) throws(BoostingError) {
    var rest = text[...]
    guard Self.line(&rest) == "boosters", let version = Self.value("version=", &rest) else {
      throw BoosterText.wrong("does not begin as that of several boosters does")
    }
    guard version == Self.version else {
      throw .refused(
        operation: "reading boosters",
        reason:
          "they are of version \(version), expected \(Self.version); a newer program reads them")
    }
    guard let count = Self.value("count=", &rest), (1...text.count).contains(count) else {
      throw BoosterText.wrong("does not say how many boosters it has")
    }
    var sections: [Section] = []
    for number in 0..<count {
      sections.append(try Self.section(number, of: count, &rest))
    }
    guard rest.elementsEqual(Self.end.utf8) else {
      throw BoosterText.wrong("does not end behind booster \(count) of \(count)")
    }
    self.sections = sections
  }

  private static func section(
    _ number: Int, of count: Int, _ rest: inout ArraySlice<UInt8>
  ) throws(BoostingError) -> Section {
    let place = "booster \(number + 1) of \(count)"
    let parts = line(&rest)?.split(separator: " ", maxSplits: 1) ?? []
    guard parts.count == 2, parts[0] == "booster=\(number)" else {
      throw BoosterText.wrong("has no beginning of \(place) where it should be")
    }
    if parts[1].hasPrefix("constant="), let value = Double(parts[1].dropFirst(9)), value.isFinite {
      return .constant(value)
    }
    guard parts[1].hasPrefix("bytes="), let bytes = Int(parts[1].dropFirst(6)), bytes > 0 else {
      throw BoosterText.wrong("says neither bytes nor a constant of \(place)")
    }
    guard bytes < rest.count, rest[rest.startIndex + bytes] == UInt8(ascii: "\n") else {
      throw BoosterText.wrong("says \(bytes) bytes of \(place), and they do not end there")
    }
    let trees = Array(rest.prefix(bytes))
    rest = rest.dropFirst(bytes + 1)
    return .trees(trees)
  }

  /// The whole number behind a key in the next line.
  private static func value(_ key: String, _ rest: inout ArraySlice<UInt8>) -> Int? {
    guard let line = line(&rest), line.hasPrefix(key) else { return nil }
    return Int(line.dropFirst(key.count))
  }

  /// The next line, without its end; longer ones than a section begins with are none.
  private static func line(_ rest: inout ArraySlice<UInt8>) -> String? {
    guard let end = rest.prefix(100).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let line = String(validating: rest[..<end], as: UTF8.self)
    rest = rest[(end + 1)...]
    return line
  }
}
