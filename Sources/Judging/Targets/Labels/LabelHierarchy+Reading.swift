import Files
import Requirements

extension LabelHierarchy {
  /// Reads a table of the columns `child` and `parent`, a row a pair; a row without a parent says that nothing is above it.
  ///
  /// - Parameters:
  ///   - path: A file separated by commas, semicolons or tabs.
  ///   - labels: The labels that there are.
  /// - Throws: `FileError` naming file and line, also of an unknown label; ``LabelHierarchyError/circle(_:)``.
  public static func read(_ path: String, labels: [String]) throws -> LabelHierarchy {
    var reader = try DelimitedReader(detecting: path)
    let names = ["child", "parent"]
    let places = names.compactMap { name in reader.columns.firstIndex(of: name) }
    guard places.count == names.count else {
      throw FileError.malformedLine(
        path: path, line: 1,
        reason:
          "expected the columns child and parent, got \(reader.columns.joined(separator: ", "))"
      )
    }
    var edges: [Edge] = []
    while let row = try reader.next() {
      let (child, parent) = (row.fields[places[0]], row.fields[places[1]])
      guard !child.isEmpty else {
        throw FileError.malformedLine(
          path: path, line: row.line, reason: "the row names no child, only the parent '\(parent)'")
      }
      // A label without a parent is known all the same.
      for name in parent.isEmpty ? [child] : [child, parent] where !labels.contains(name) {
        let unknown = LabelHierarchyError.unknownLabel(
          name, nearest: nearest(to: name, among: labels), known: labels)
        throw FileError.malformedLine(path: path, line: row.line, reason: unknown.description)
      }
      if !parent.isEmpty { edges.append(Edge(child: child, parent: parent)) }
    }
    guard !edges.isEmpty else {
      throw FileError.malformed(path: path, reason: "has no child with a parent")
    }
    return try LabelHierarchy(edges, among: labels)
  }
}

/// In JSON: the list of its edges.
extension LabelHierarchy: Codable {
  /// Reads what ``encode(to:)`` wrote.
  ///
  /// - Throws: ``LabelHierarchyError/circle(_:)``, `DecodingError` for another form.
  public init(from decoder: any Decoder) throws {
    try self.init([Edge](from: decoder), among: nil)
  }

  /// Writes the edges.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws { try edges.encode(to: encoder) }
}
