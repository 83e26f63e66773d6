import Files

/// The images of a table with several rows for each, in the order in which they occur, and their groups.
struct ImageColumn {
  /// Names, `[N]`.
  private(set) var names: [String] = []
  /// Group of each, `[N]`; empty where a row names none.
  private var groups: [String] = []
  private var places: [String: Int] = [:]
  private let image: Int
  private let group: Int?
  /// Name of the column of the groups.
  let groupColumn: String?
  private let file: String

  /// - Throws: `FileError` where no column names the images.
  init(_ columns: NamedColumns, file: String) throws(FileError) {
    image = try columns.place(NamedColumns.imageNames, of: "the images")
    group = columns.first(PredictionColumns.groupNames)
    groupColumn = group.map { columns.header[$0] }
    self.file = file
  }

  /// Group of each image, `[N]`; `nil` where the table has no such column.
  var allGroups: [String]? { group == nil ? nil : groups }

  /// Place of an image; `nil` where the table does not name it.
  func place(of name: String) -> Int? { places[name] }

  /// Place of the image of a row, a new one where it is the first.
  ///
  /// - Throws: `FileError` where the name is empty, or the image was in another group before.
  mutating func place(of row: DelimitedRow) throws(FileError) -> Int {
    let (name, own) = (row.fields[image], group.map { row.fields[$0] } ?? "")
    guard !name.isEmpty else { throw wrong(row, "the image has no name") }
    guard let place = places[name] else {
      places[name] = names.count
      names.append(name)
      groups.append(own)
      return names.count - 1
    }
    if groups[place].isEmpty { groups[place] = own }
    guard own.isEmpty || groups[place] == own else {
      throw wrong(
        row, "the image '\(name)' is in group '\(own)' here and in '\(groups[place])' before")
    }
    return place
  }

  private func wrong(_ row: DelimitedRow, _ reason: String) -> FileError {
    .malformedLine(path: file, line: row.line, reason: reason)
  }
}
