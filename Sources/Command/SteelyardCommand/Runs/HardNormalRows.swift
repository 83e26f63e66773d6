package import Datasets
import Files
import Requirements

/// The examples of the training part that `--hard-normals` names, whether they have a label or not.
package struct HardNormalRows {
  /// Rows of the training part.
  package let rows: Set<Int>
  /// Paths of the file that stand in another part of the data.
  package let elsewhere: Int
  /// What was asked for, as messages name it.
  package let source: String

  /// - Parameters:
  ///   - option: what was asked for.
  ///   - data: every part of the data.
  /// - Throws: `OptionError` for a column or a value that the data do not have, a file that is none or empty, paths that are
  ///   none of the data; `FileError` for a table that cannot be read.
  package init(_ option: HardNormals, in data: Dataset) throws {
    let train = data.examples.filter { $0.split == .train }
    switch option {
    case .column(let column, let value):
      rows = try Self.rows(column, value, of: train)
      (elsewhere, source) = (0, "\(column)=\(value)")
    case .file(let path):
      let paths = try Self.paths(path)
      let known = Set(data.examples.map(\.path))
      let strangers = paths.filter { !known.contains($0) }
      guard strangers.isEmpty else {
        let shown = strangers.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
        throw OptionError.conflict(
          "hard-normals: \(path): \(strangers.count) of \(paths.count) paths are not in the data:"
            + " \(shown)\(strangers.count > 3 ? ", …" : ""); write them as the data have them")
      }
      let named = Set(paths)
      rows = Set(train.indices.filter { named.contains(train[$0].path) })
      elsewhere = named.subtracting(train.map(\.path)).count
      source = FilePath.name(of: path)
    }
  }

  /// The rows that have a value in a column.
  private static func rows(
    _ column: String, _ value: String, of train: [Example]
  ) throws(OptionError) -> Set<Int> {
    func cell(_ example: Example) -> String? {
      example.attributes[column] ?? (column == "group" ? example.group : nil)
    }
    var columns = Set(train.flatMap(\.attributes.keys))
    if train.contains(where: { $0.group != nil }) { columns.insert("group") }
    guard columns.contains(column) else {
      let meant =
        nearest(to: column, among: columns.sorted())
        .map { "; did you mean '\($0)'?" } ?? ""
      throw .conflict(
        "hard-normals: the data have no column '\(column)'\(meant.isEmpty ? ";" : meant) expected \(HardNormals.expectation)"
      )
    }
    let rows = Set(train.indices.filter { cell(train[$0]) == value })
    guard rows.isEmpty else { return rows }
    let values = Set(train.compactMap(cell)).sorted()
    let meant = nearest(to: value, among: values).map { "; did you mean '\($0)'?" } ?? ""
    throw .conflict(
      "hard-normals: no row of the training part has '\(value)' in the column '\(column)'\(meant)")
  }

  /// One path a line, or the column `path` of a table.
  private static func paths(_ file: String) throws -> [String] {
    guard FilePath.isFile(file) else {
      throw OptionError.conflict(
        "hard-normals: there is no file '\(file)'; expected \(HardNormals.expectation)")
    }
    let text = String(decoding: try FileBytes.read(file), as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline).map { Blanks.trimmed(String($0)) }
      .filter { !$0.isEmpty }
    let header = (lines.first ?? "").split { ",;|\t".contains($0) }
      .map { Blanks.trimmed(String($0)).trimmingPrefix("\"").prefix { $0 != "\"" } }
    var paths = lines
    if header.contains("path") {
      var reader = try DelimitedReader(detecting: file)
      let place = reader.columns.map(Blanks.trimmed).firstIndex(of: "path") ?? 0
      paths = []
      while let row = try reader.next() { paths.append(Blanks.trimmed(row.fields[place])) }
    }
    guard !paths.isEmpty else {
      throw OptionError.conflict(
        "hard-normals: \(file) names nothing; expected a path a line, or a table with the column path"
      )
    }
    return paths
  }
}
