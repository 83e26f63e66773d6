import Files

/// A table whose rows are images in archives: the rows name members, and every rule of tables of images holds.
struct MemberTable {
  private let table: ImageTable
  /// The number of each member in the store.
  private let members: [String: Int]
  private let store: MemberStore

  /// - Parameters:
  ///   - path: what messages call the table: the archive or the folder of them.
  ///   - columns: their names, without blanks around them; one names the members, by ``ColumnRole`` or as asked for.
  ///   - rows: a text a column; their lines count where a row names no member.
  ///   - members: the number of each member in the store, by its name.
  ///   - store: the members.
  init(
    path: String, columns: [String], rows: [ImageTable.Row], members: [String: Int],
    store: MemberStore
  ) {
    table = ImageTable(path: path, columns: columns, rows: rows)
    self.members = members
    self.store = store
  }

  /// The rows as a data set.
  ///
  /// - Parameters:
  ///   - name: what the data are called.
  ///   - layout: how they were laid out.
  ///   - opening: which labels are needed, which columns are meant, which classes are left out.
  ///   - folder: where a `classes.txt` may lie; nil is the folder of the table.
  /// - Throws: ``DatasetError`` as a table of images does.
  func dataset(
    name: String, layout: Dataset.Layout, opening: Opening, classesIn folder: String? = nil
  ) throws(DatasetError) -> Dataset {
    let labels = opening.labels
    let chooser = ColumnChooser(table, opening.columns, labels: labels)
    let columns = try chooser.columns()
    var rows = ManifestRows(
      table, chooser.values, columns, ImagePathResolver(members: members), labels: labels)
    // A packed file has the names of its classes inside; a list beside it is of other data.
    if layout != .packed { try rows.nameClasses(in: folder) }
    let found = try rows.examples(
      dropping: labels == .several ? [] : Set(opening.dropped), at: origin)
    if found.isEmpty {
      throw .empty(path: table.path, expected: "at least one row with an image")
    }
    var data = Dataset(
      name: name, layout: layout, examples: found.map(placed), members: store,
      reading: try rows.reading(opening.columns))
    data.labelNames = rows.several?.names
    return data
  }

  /// Where a member stands, for messages; the line of the row where it names none.
  private func origin(_ row: ImageTable.Row, _ path: String) -> String {
    guard let number = members[path] else { return "\(table.path):\(row.line)" }
    return FilePath.join(store.path(number), path)
  }

  private func placed(_ example: Example) -> Example {
    guard let number = members[example.path] else { return example }
    var placed = example
    (placed.source, placed.file, placed.line) = (.member(number), store.path(number), nil)
    return placed
  }
}
