public import Files

/// The classes of data in the order that a model is to have them in, and the names to show them by.
///
/// Read from a text file with a class a line, or from a CSV or TSV with the columns `class`, what the data
/// call it, and `name`, how it is shown; a row without a name keeps the class's own. Other columns are
/// left unread. A list in a text file may also name classes that the data number: where all labels are
/// numbers, they are its lines, counted from 0.
public struct ClassNames: Sendable, Equatable {
  /// One class.
  public struct Entry: Sendable, Equatable {
    /// What the data call it.
    public var label: String
    /// What it is shown as.
    public let name: String
    /// Its line in the file, from 1.
    public let line: Int
  }

  /// The classes in their order.
  public internal(set) var entries: [Entry]
  /// The file, for messages.
  public let path: String
  /// Whether the data have numbers, which were taken for lines of the list counted from 0.
  public internal(set) var areNumbered = false
  /// Whether the file says nothing but names.
  let isList: Bool

  /// Reads a file.
  ///
  /// - Throws: ``DatasetError/file(_:)`` when it cannot be read, lacks the column `class`, is empty, or has a
  ///   class or a name twice.
  public static func read(_ path: String) throws(DatasetError) -> ClassNames {
    do throws(FileError) {
      switch FilePath.fileExtension(of: path) {
      case "csv", "tsv", "tab": return try table(path)
      default:
        let names = try ClassFile.parse(FileBytes.read(path), path: path)
        let entries = names.enumerated().map { Entry(label: $1, name: $1, line: $0 + 1) }
        return ClassNames(entries: entries, path: path, isList: true)
      }
    } catch {
      throw .file(error)
    }
  }

  private static func table(_ path: String) throws(FileError) -> ClassNames {
    var reader = try DelimitedReader(path: path)
    guard let label = reader.columns.firstIndex(where: { $0.lowercased() == "class" }) else {
      throw .malformedLine(
        path: path, line: 1,
        reason: "a table of class names needs the columns class and name,"
          + " found \(reader.columns.joined(separator: ", "))")
    }
    let name = reader.columns.firstIndex { $0.lowercased() == "name" }
    var entries: [Entry] = []
    while let row = try reader.next() {
      let shown = name.map { row.fields[$0] } ?? ""
      let entry = Entry(
        label: row.fields[label], name: shown.isEmpty ? row.fields[label] : shown, line: row.line)
      if entry.label.isEmpty {
        throw .malformedLine(path: path, line: row.line, reason: "the class is empty")
      }
      for (what, key) in [("class", \Entry.label), ("name", \Entry.name)] {
        guard let first = entries.first(where: { $0[keyPath: key] == entry[keyPath: key] }) else {
          continue
        }
        throw .malformedLine(
          path: path, line: row.line,
          reason: "the \(what) '\(entry[keyPath: key])' stands already in line \(first.line);"
            + (key == \Entry.label ? " remove one" : " give each class a name of its own"))
      }
      entries.append(entry)
    }
    if entries.isEmpty { throw .malformed(path: path, reason: "is empty, expected a class a row") }
    return ClassNames(entries: entries, path: path, isList: false)
  }

  /// Classes in an order that was given, shown as the data call them.
  ///
  /// - Parameters:
  ///   - labels: the classes, each once.
  ///   - source: where the order comes from, for messages.
  public init(order labels: [String], from source: String) {
    self.init(
      entries: labels.enumerated().map { Entry(label: $1, name: $1, line: $0 + 1) }, path: source,
      isList: false)
  }

  private init(entries: [Entry], path: String, isList: Bool) {
    (self.entries, self.path, self.isList) = (entries, path, isList)
  }

  /// Writes the classes as a table that ``read(_:)`` reads.
  ///
  /// - Throws: `FileError` when it cannot be written.
  public func write(to path: String) throws(FileError) {
    try DelimitedWriter.write(
      columns: ["class", "name"], rows: entries.map { [$0.label, $0.name] }, to: path)
  }

  /// The same for data with these labels: where they are numbers, the lines of a list.
  func resolved(for labels: Set<String>) -> ClassNames {
    guard isList, !labels.isEmpty, !labels.isSubset(of: entries.map(\.name)),
      labels.allSatisfy({ Int($0) != nil })
    else { return self }
    var result = self
    let spelling = Dictionary(labels.map { (Int($0), $0) }) { first, _ in first }
    for index in entries.indices { result.entries[index].label = spelling[index] ?? "\(index)" }
    result.areNumbered = true
    return result
  }
}
