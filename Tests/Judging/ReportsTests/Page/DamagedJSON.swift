import Foundation

/// A JSON text of which one place at a time is changed.
///
/// The text is written once, with where each value stands in it, so that a mutant costs a copy of the text.
struct DamagedJSON {
  enum Change: CaseIterable, Sendable {
    case null, empty, shorter, longer, zero, negative, huge, fraction, otherText
  }

  enum Step: Hashable, CustomStringConvertible, Sendable {
    case key(String), index(Int)
    var description: String {
      switch self {
      case .key(let key): "." + key
      case .index(let index): "[\(index)]"
      }
    }
  }

  private enum Kind {
    case list([Range<Int>]), map, text, number(Double), null
  }

  private var text: [UInt8] = []
  private var values: [[Step]: (kind: Kind, range: Range<Int>)] = [:]
  /// Where something can be changed: every value; of lists of more than six the first and the last two alone.
  private(set) var places: [[Step]] = []

  init(_ bytes: [UInt8]) throws {
    try write(try JSONSerialization.jsonObject(with: Data(bytes)), at: [], isPlace: true)
  }

  /// The text with that change; nil where the change makes no sense there.
  func changed(_ place: [Step], _ change: Change) -> [UInt8]? {
    guard let (kind, range) = values[place], let other = replacement(kind, range, change) else {
      return nil
    }
    return text[..<range.lowerBound] + other + text[range.upperBound...]
  }

  private mutating func write(_ value: Any, at place: [Step], isPlace: Bool) throws {
    let start = text.count
    if isPlace { places.append(place) }
    let kind: Kind
    switch value {
    case let map as [String: Any]:
      kind = .map
      text += Array("{".utf8)
      for (position, entry) in map.sorted(by: { $0.key < $1.key }).enumerated() {
        if position > 0 { text += Array(",".utf8) }
        text += try Self.fragment(entry.key) + Array(":".utf8)
        try write(entry.value, at: place + [.key(entry.key)], isPlace: isPlace)
      }
      text += Array("}".utf8)
    case let list as [Any]:
      var elements: [Range<Int>] = []
      text += Array("[".utf8)
      for (index, element) in list.enumerated() {
        if index > 0 { text += Array(",".utf8) }
        let isChanged = list.count <= 6 || index < 2 || index >= list.count - 2
        let first = text.count
        try write(element, at: place + [.index(index)], isPlace: isPlace && isChanged)
        elements.append(first..<text.count)
      }
      text += Array("]".utf8)
      kind = .list(elements)
    default:
      kind =
        switch value {
        case is String: .text
        case let number as NSNumber: .number(number.doubleValue)
        default: .null
        }
      text += try Self.fragment(value)
    }
    values[place] = (kind, start..<text.count)
  }

  private func replacement(_ kind: Kind, _ range: Range<Int>, _ change: Change) -> [UInt8]? {
    switch (change, kind) {
    case (.null, _): Array("null".utf8)
    case (.empty, .list): Array("[]".utf8)
    case (.empty, .map): Array("{}".utf8)
    case (.empty, .text): Array("\"\"".utf8)
    case (.shorter, .list(let elements)) where !elements.isEmpty:
      text[range.lowerBound..<(elements.dropLast().last?.upperBound ?? range.lowerBound + 1)]
        + Array("]".utf8)
    case (.longer, .list(let elements)) where !elements.isEmpty:
      text[range.lowerBound..<range.upperBound - 1] + Array(",".utf8) + text[elements[0]]
        + Array("]".utf8)
    case (.zero, .number): Array("0".utf8)
    case (.negative, .number(let number)):
      Array((Int(exactly: -number - 1).map(String.init) ?? "\(-number - 1)").utf8)
    case (.huge, .number): Array("9007199254740992".utf8)
    case (.fraction, .number): Array("1e300".utf8)
    case (.otherText, .text): Array("\"other\"".utf8)
    default: nil
    }
  }

  private static func fragment(_ value: Any) throws -> [UInt8] {
    Array(try JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed]))
  }
}
