import Files

/// Reads features from NumPy's `.npy` and `.npz` and from `.safetensors`, with labels inside, in a file beside them, or in
/// a table that is named.
struct FeatureArrayReader {
  let labels: LabelPolicy
  let request: ColumnNames
  /// The table that says what the rows are; `nil` looks inside, then beside the file.
  var table: String?

  static let extensions: Set<String> = ["npy", "npz", "safetensors"]

  func dataset(_ path: String) throws(DatasetError) -> Dataset {
    let content: Content
    do throws(FileError) {
      switch FilePath.fileExtension(of: path) {
      case "npz": content = try archive(path)
      case "safetensors": content = try tensors(path)
      default: content = try plain(path)
      }
    } catch {
      throw .file(error)
    }
    return try dataset(path, content)
  }

  private func dataset(_ path: String, _ content: Content) throws(DatasetError) -> Dataset {
    var problems = content.features.problems
    let file = FilePath.name(of: path)
    let names = content.ids ?? (0..<content.features.count).map { "\(file)#\($0)" }
    checkNames(names, content, path, &problems)
    let splits = content.splits.map {
      SplitCells($0.map(Blanks.trimmed), .words(0), name: "splits")
    }
    for (row, kind) in splits?.problems ?? [] { problems.add(kind, at: "\(path):splits[\(row)]") }
    try problems.check()
    let beside = try labelsBeside(path, names, content)
    if content.labels == nil && content.several == nil && beside == nil && labels != .optional {
      throw .noLabels(path: path, expected: Self.places(path))
    }
    var examples: [Example] = []
    for row in names.indices {
      let entry = beside?.entries?.entries[row]
      if beside?.entries != nil && entry == nil { continue }
      let own = content.labels.flatMap { $0[row].isEmpty ? nil : $0[row] }
      let label = table == nil ? own ?? entry?.label : entry?.label ?? own
      if label == nil && labels.needsLabel {
        problems.add(.emptyLabel, at: "\(path):labels[\(row)]")
      }
      examples.append(
        Example(
          path: names[row], source: .row(row), label: label,
          labels: content.several?.rows[row] ?? entry?.labels,
          split: table.flatMap { _ in entry?.split } ?? splits?.splits[row] ?? entry?.split,
          group: table.flatMap { _ in entry?.group }
            ?? content.groups.flatMap { $0[row].isEmpty ? nil : $0[row] } ?? entry?.group,
          attributes: entry?.attributes ?? [:], file: entry?.file ?? "\(content.name)[\(row)]",
          line: entry?.line))
    }
    try problems.check()
    let rows = RowStore(features: content.features.numbers, width: content.features.width)
    var data = Dataset(
      name: FilePath.stem(of: path), layout: .features, examples: examples, rows: rows)
    data.origin = content.origin
    data.labelNames = content.several?.names ?? beside?.entries?.labelNames
    if !content.others.isEmpty { data.reading.notes.append(.arraysNotRead(content.others)) }
    if let unread = content.unread { data.reading.notes.append(unread) }
    if let beside { data.reading.add(beside.reading) }
    return data
  }

  private func checkNames(
    _ names: [String], _ content: Content, _ path: String, _ problems: inout DataProblems
  ) {
    guard content.ids != nil else { return }
    var rowOfName: [String: Int] = [:]
    for (row, name) in names.enumerated() {
      if name.isEmpty {
        problems.add(.emptyPath, at: "\(path):ids[\(row)]")
      } else if let first = rowOfName.updateValue(row, forKey: name) {
        problems.add(.duplicateRow(name, first: "ids[\(first)]"), at: "\(path):ids[\(row)]")
      }
    }
  }

  /// The labels of the table that is named, else, where there are none inside, of a file beside the features; without
  /// entries where that does not fit and need not.
  private func labelsBeside(
    _ path: String, _ names: [String], _ content: Content
  ) throws(DatasetError) -> (entries: RowLabels?, reading: Reading)? {
    if let table {
      guard FilePath.isFile(table) else { throw .file(.missing(path: table)) }
      let found = try RowLabels(
        table: table, request, labels, to: names, of: path, hasIDs: content.ids != nil)
      return (found, found.reading)
    }
    guard content.labels == nil, content.several == nil,
      let file = try FeatureFolder.labels(of: path)
    else { return nil }
    do throws(DatasetError) {
      let isArray = FilePath.fileExtension(of: file) == "npy"
      if isArray && labels == .several {
        throw .file(
          .malformed(
            path: file,
            reason:
              "says one class a row; several labels stand in an array 'labels' [N, L] of an .npz, or in labels.csv"
          ))
      }
      let found =
        isArray
        ? try RowLabels(
          array: file, to: names, of: path, takingFractions: labels != .required)
        : try RowLabels(
          table: file, request, labels, to: names, of: path, hasIDs: content.ids != nil)
      return (found, found.reading)
    } catch {
      guard labels == .optional else { throw error }
      if case .otherRowNames(_, let column, _, _, let rows, _) = error {
        let note = ReadingNote.labelsOfOtherRows(
          file: FilePath.name(of: file), column: column, rows: rows)
        return (nil, Reading(notes: [note]))
      }
      guard case .labelCount(_, let count, _, let rows) = error else { throw error }
      let note = ReadingNote.labelsNotJoined(
        file: FilePath.name(of: file), labels: count, rows: rows)
      return (nil, Reading(notes: [note]))
    }
  }

  private static func places(_ path: String) -> String {
    let inside =
      FilePath.fileExtension(of: path) == "npz" ? "an array 'labels' or 'y' in it, or " : ""
    return inside
      + "labels.csv, \(FilePath.stem(of: path)).labels.csv, labels.npy or y.npy in the folder"
  }
}
