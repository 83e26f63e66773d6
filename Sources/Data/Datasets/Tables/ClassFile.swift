import Files

/// `classes.txt` beside a table: one class name a line. Labels of the table are these names, or all of
/// them are numbers of lines, counted from 0, as MMPretrain writes them.
enum ClassFile {
  static let name = "classes.txt"

  /// The names in `folder`; nil when it has no such file.
  static func names(in folder: String) throws(DatasetError) -> [String]? {
    let path = FilePath.join(folder, name)
    guard FilePath.isFile(path) else { return nil }
    do throws(FileError) {
      return try parse(FileBytes.read(path), path: path)
    } catch {
      throw .file(error)
    }
  }

  /// The names in a text with one a line.
  static func parse(_ bytes: [UInt8], path: String) throws(FileError) -> [String] {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let kind = FileKind(head: bytes).map { "is \($0); \($0.advice)" }
      throw .malformed(path: path, reason: kind ?? "is not UTF-8; save it as UTF-8")
    }
    var names: [String] = []
    var lineOfName: [String: Int] = [:]
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let name = Blanks.trimmed(String(line))
      guard !name.isEmpty else { continue }
      guard names.count == number else {
        throw .malformedLine(
          path: path, line: number, reason: "an empty line; every line is a class")
      }
      if let first = lineOfName.updateValue(number + 1, forKey: name) {
        throw .malformedLine(
          path: path, line: number + 1,
          reason: "the class '\(name)' stands already in line \(first); remove one")
      }
      names.append(name)
    }
    if names.isEmpty { throw .malformed(path: path, reason: "is empty, expected a class a line") }
    return names
  }

  /// Gives the labels of a table the names of `classes.txt`, where there is one.
  ///
  /// - Parameters:
  ///   - labels: the class of each row.
  ///   - several: the labels of the rows, where each may have several.
  ///   - folder: where the list may lie.
  ///   - column: where the labels stand; columns of zeros and ones have their names already.
  /// - Returns: the rows whose label the list does not know.
  static func apply(
    to labels: inout [String?], _ several: inout LabelEntries?, in folder: String,
    _ column: ManifestColumns.Label
  ) throws(DatasetError) -> [(row: Int, kind: DataProblem.Kind)] {
    guard let names = try names(in: folder) else { return [] }
    guard let before = several?.problems.count else { return apply(names, to: &labels) }
    guard case .column = column else { return [] }
    several?.nameClasses(names)
    return Array(several?.problems.dropFirst(before) ?? [])
  }

  /// Gives the labels their names.
  ///
  /// - Parameter labels: of each row; nil where it has none.
  /// - Returns: the rows whose label the list does not know.
  static func apply(
    _ names: [String], to labels: inout [String?]
  ) -> [(row: Int, kind: DataProblem.Kind)] {
    let known = Set(names)
    let found = Set(labels.compactMap { $0 })
    if found.isSubset(of: known) { return [] }
    var problems: [(row: Int, kind: DataProblem.Kind)] = []
    let areNumbers = found.allSatisfy { Int($0) != nil }
    for row in labels.indices {
      guard let label = labels[row] else { continue }
      if areNumbers, let number = Int(label), names.indices.contains(number) {
        labels[row] = names[number]
      } else if areNumbers || !known.contains(label) {
        problems.append((row, .notInClassFile(label, names: names)))
      }
    }
    return problems
  }
}
