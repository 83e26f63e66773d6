/// An element of a page or drawing, or a piece of text, as a strict reader finds it.
///
/// The reader knows nothing of how pages are made: every attribute is quoted or bare, every element is closed in order, and
/// text holds no bracket.
final class Node {
  /// Name of the element; empty for text.
  let tag: String
  let attributes: [String: String]
  fileprivate(set) var children: [Node] = []
  /// The text of a piece of text, entities read.
  let own: String

  init(_ tag: String, _ attributes: [String: String] = [:], own: String = "") {
    (self.tag, self.attributes, self.own) = (tag, attributes, own)
  }

  subscript(attribute: String) -> String? { attributes[attribute] }

  /// Elements below with a name, in the order of the page.
  func all(_ tag: String) -> [Node] { below.filter { $0.tag == tag } }

  /// The first element below with a name.
  func first(_ tag: String) -> Node? { all(tag).first }

  /// Elements below, in the order of the page.
  var below: [Node] {
    var found: [Node] = []
    gather(into: &found)
    return found
  }

  private func gather(into found: inout [Node]) {
    for child in children where !child.tag.isEmpty {
      found.append(child)
      child.gather(into: &found)
    }
  }

  /// All text below it, joined.
  var words: String { tag.isEmpty ? own : children.map(\.words).joined() }

  /// All text below it that is not in elements of a name.
  func words(without tag: String) -> String {
    if self.tag.isEmpty { return own }
    return children.filter { $0.tag != tag }.map { $0.words(without: tag) }.joined()
  }

  /// Whether one of its classes is this one.
  func has(_ style: String) -> Bool {
    (self["class"] ?? "").split(separator: " ").contains(Substring(style))
  }

  /// The element below with an identifier.
  func with(id: String) -> Node? { below.first { $0["id"] == id } }

  /// A number of an attribute.
  func number(_ attribute: String) -> Double? { self[attribute].flatMap(Double.init) }
}

/// What is wrong with a page.
struct MarkupFault: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

/// The reader of pages and drawings.
struct MarkupReader {
  private let bytes: [UInt8]
  private var place = 0

  private static let void: Set<String> = ["meta", "input", "img", "br"]
  private static let raw: Set<String> = ["style", "script"]

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// The root of a page or drawing; a line that names the kind of document may come first.
  static func read(_ text: String) throws -> Node {
    var reader = MarkupReader(text)
    let top = Node("")
    if text.hasPrefix("<!DOCTYPE html>") { reader.place = "<!DOCTYPE html>".utf8.count }
    var open = [top]
    while reader.place < reader.bytes.count { try reader.step(&open) }
    guard open.count == 1 else { throw MarkupFault("never closed: \(open.map(\.tag))") }
    let roots = top.children.filter { !$0.tag.isEmpty }
    guard roots.count == 1 else { throw MarkupFault("\(roots.count) roots") }
    return roots[0]
  }

  private mutating func step(_ open: inout [Node]) throws {
    guard bytes[place] == UInt8(ascii: "<") else {
      let text = upTo("<")
      if text.utf8.contains(UInt8(ascii: ">")) {
        throw MarkupFault("a bracket in text: \(text.prefix(80))")
      }
      open[open.count - 1].children.append(Node("", own: try Self.unescaped(text)))
      return
    }
    place += 1
    if bytes[place] == UInt8(ascii: "/") {
      place += 1
      let name = upTo(">")
      place += 1
      guard open.count > 1, open[open.count - 1].tag == name else {
        throw MarkupFault("</\(name)> closes \(open.map(\.tag))")
      }
      open.removeLast()
      return
    }
    try begin(&open)
  }

  private mutating func begin(_ open: inout [Node]) throws {
    var name = ""
    while let letter = peek, !" >/\n".unicodeScalars.contains(letter) { name += take() }
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber }) else {
      throw MarkupFault("an element called “\(name)” at \(place)")
    }
    var attributes: [String: String] = [:]
    var closes = false
    while true {
      while let letter = peek, letter == " " || letter == "\n" { place += 1 }
      guard let letter = peek else { throw MarkupFault("<\(name) has no end") }
      if letter == ">" { break }
      if letter == "/" {
        closes = true
        place += 1
        continue
      }
      var key = ""
      while let letter = peek, !"= >/\n".unicodeScalars.contains(letter) { key += take() }
      var value = ""
      if peek == "=" {
        place += 1
        guard peek == "\"" else { throw MarkupFault("\(name) \(key) is not quoted") }
        place += 1
        value = upTo("\"")
        place += 1
        if value.utf8.contains(UInt8(ascii: "<")) {
          throw MarkupFault("a bracket in \(name) \(key): \(value)")
        }
      }
      guard attributes[key] == nil else { throw MarkupFault("\(name) has \(key) twice") }
      attributes[key] = try Self.unescaped(value)
    }
    place += 1
    let node = Node(name, attributes)
    open[open.count - 1].children.append(node)
    if closes || Self.void.contains(name) { return }
    if Self.raw.contains(name) {
      let text = try rawText(name)
      node.children.append(Node("", own: text))
      return
    }
    open.append(node)
  }

  private mutating func rawText(_ name: String) throws -> String {
    let end = Array("</\(name)>".utf8)
    let start = place
    while place + end.count <= bytes.count {
      if bytes[place] == end[0], bytes[place..<place + end.count].elementsEqual(end) {
        defer { place += end.count }
        return String(decoding: bytes[start..<place], as: UTF8.self)
      }
      place += 1
    }
    throw MarkupFault("<\(name)> has no end")
  }

  private var peek: Unicode.Scalar? {
    place < bytes.count ? Unicode.Scalar(bytes[place]) : nil
  }

  private mutating func take() -> String {
    defer { place += 1 }
    return String(Unicode.Scalar(bytes[place]))
  }

  private mutating func upTo(_ end: Unicode.Scalar) -> String {
    let start = place
    while place < bytes.count, bytes[place] != UInt8(ascii: end) { place += 1 }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  /// The five entities that a page may use; an ampersand for anything else is a fault.
  static func unescaped(_ text: String) throws -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    let known = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'"]
    // By bytes: combining marks behind a bracket or an entity belong to the text.
    let parts = text.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false)
    var result = Array(parts[0])
    for part in parts.dropFirst() {
      guard let end = part.firstIndex(of: UInt8(ascii: ";")),
        let character = known[String(decoding: part[..<end], as: UTF8.self)]
      else {
        throw MarkupFault(
          "an ampersand that is no entity: &\(String(decoding: part.prefix(20), as: UTF8.self))")
      }
      result += Array(character.utf8) + part[part.index(after: end)...]
    }
    return String(decoding: result, as: UTF8.self)
  }
}
