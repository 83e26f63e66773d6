import Files
import Yams

/// A configuration file as it was written: its keys, in order, with their lines.
package struct ConfigFile: Sendable {
  package var path: String
  package var entries: [ConfigNode.Entry]

  /// Reads a YAML file whose top is a mapping; an empty file has no entries.
  /// - Throws: `OptionError` if the file cannot be read or is not YAML of that form.
  package static func read(_ path: String) throws(OptionError) -> ConfigFile {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileBytes.read(path)
    } catch {
      throw .unreadable(error)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unreadable(.malformed(path: path, reason: "is not UTF-8 text"))
    }
    return try parse(text, path: path)
  }

  /// Parses the text of a configuration file; `path` is for messages.
  /// - Throws: `OptionError` as ``read(_:)``.
  package static func parse(_ text: String, path: String) throws(OptionError) -> ConfigFile {
    let root: Node?
    // Editors of some systems begin a file with a byte order mark.
    let unmarked = String(text.unicodeScalars.drop { $0 == "\u{FEFF}" })
    do {
      root = try compose(yaml: unmarked)
    } catch {
      throw OptionError(error, file: path)
    }
    guard root?.isShort != false else {
      throw .notYAML(
        file: path, line: 1,
        problem: "it comes to more than \(Node.most) values; aliases may repeat too much")
    }
    guard let root, !root.isEmptyDocument else { return ConfigFile(path: path, entries: []) }
    guard case .mapping(let entries) = ConfigNode(root).kind else {
      throw .notAMapping(file: path, line: root.mark?.line ?? 1)
    }
    return ConfigFile(path: path, entries: entries)
  }
}

extension Node {
  /// The most values of a configuration. A few lines of aliases of aliases can stand for billions.
  fileprivate static let most = 10_000

  /// Whether it comes to no more than ``most`` values.
  fileprivate var isShort: Bool {
    var left = Self.most
    return isWithin(&left)
  }

  private func isWithin(_ left: inout Int) -> Bool {
    left -= 1
    guard left >= 0 else { return false }
    switch self {
    case .scalar, .alias: return true
    case .sequence(let items): return items.allSatisfy { $0.isWithin(&left) }
    case .mapping(let entries):
      return entries.allSatisfy { $0.key.isWithin(&left) && $0.value.isWithin(&left) }
    }
  }

  fileprivate var isEmptyDocument: Bool { scalar?.string.isEmpty == true }
}

extension ConfigNode {
  fileprivate init(_ node: Node) {
    let line = node.mark?.line ?? 1
    switch node {
    case .scalar(let scalar):
      let quoted = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
      self.init(.scalar(scalar.string), line: line, isQuoted: quoted)
    case .sequence(let sequence):
      self.init(.list(sequence.map { ConfigNode($0) }), line: line)
    case .mapping(let mapping):
      let entries = mapping.map { key, value in
        Entry(key: key.string ?? "?", line: key.mark?.line ?? line, value: ConfigNode(value))
      }
      self.init(.mapping(entries), line: line)
    case .alias(let alias):
      self.init(.scalar("*\(alias.anchor)"), line: line)
    }
  }
}

extension OptionError {
  /// What Yams found wrong, with the line if it knows one.
  fileprivate init(_ error: any Error, file: String) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self = .notYAML(file: file, line: mark.line, problem: problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      self = .repeatedKey(
        duplicates.sorted().joined(separator: ", "), file: file, line: context.mark.line)
    default:
      self = .notYAML(file: file, line: 1, problem: "\(error)")
    }
  }
}
