import Files

/// A table of features as it stands in its file: numbers in one array, and the other cells as texts.
struct FeatureTable {
  let path: String
  /// All names, without blanks around them.
  let names: [String]
  private(set) var columns: FeatureColumns
  /// Whether a cell of a feature may be missing, which is NaN, or a word; those of a network may not.
  let keepsCells: Bool
  /// The features that have words, by position in the file; they stand in ``texts``.
  private(set) var words: Set<Int>
  /// The names of the features, `[D]`.
  private(set) var features: [String]
  /// Row after row, `[N, D]`.
  private(set) var numbers: [Float] = []
  /// The cells of the other columns.
  private(set) var texts: ImageTable
  private(set) var faults = FaultyCells()
  /// Rows without a single entry, which are passed over.
  private(set) var emptyRows = 0

  /// Reads a whole table.
  ///
  /// - Throws: ``DatasetError/file(_:)``.
  init(path: String, _ request: ColumnNames) throws(DatasetError) {
    do throws(FileError) {
      let table = try FeatureTable(path, request)
      // Words are rare among numbers, so no text is kept of a number until a column has some.
      self =
        table.words.isEmpty ? table : try FeatureTable(path, request, words: table.words)
    } catch {
      throw .file(error)
    }
  }

  private init(
    _ path: String, _ request: ColumnNames, words: Set<Int> = []
  ) throws(FileError) {
    var reader = try DelimitedReader(detecting: path, allowingUnnamed: true)
    let names = reader.columns.map(Blanks.trimmed)
    (self.path, self.names, self.words) = (path, names, words)
    columns = FeatureColumns(names, request, words: words)
    keepsCells = request.takesCells && !columns.areNumbered
    features = columns.numbers.map { names[$0] }
    texts = ImageTable(path: path, columns: columns.texts.map { names[$0] }, rows: [])
    try Self.checkNames(names, path)
    try read(&reader)
  }

  private mutating func read(_ reader: inout DelimitedReader) throws(FileError) {
    var rows: [ImageTable.Row] = []
    var record = DelimitedRecord()
    while try reader.next(into: &record) {
      var hasFault = false
      for column in columns.numbers {
        if let value = record.number(column).map(Float.init), value.isFinite {
          numbers.append(value)
        } else {
          numbers.append(keepsCells ? .nan : 0)
          hasFault = true
        }
      }
      var cells: [String] = []
      for column in columns.texts { cells.append(try record.text(column)) }
      // Where there is text alone, no number is missing in a row without an entry.
      if hasFault || columns.numbers.isEmpty, try !takeFaults(of: record, cells) { continue }
      rows.append(ImageTable.Row(line: record.line, cells: cells))
      if rows.count == 100 {
        numbers.reserveCapacity(reader.estimatedCount(afterReading: 100) * columns.numbers.count)
      }
    }
    texts = ImageTable(path: path, columns: texts.columns, rows: rows)
  }

  /// Notes the cells of a record that are no numbers, and may not be.
  ///
  /// - Returns: false for a record without a single entry, whose numbers are taken back.
  private mutating func takeFaults(
    of record: DelimitedRecord, _ cells: [String]
  ) throws(FileError) -> Bool {
    var found: [(column: Int, text: String)] = []
    for (place, column) in columns.numbers.enumerated() {
      if let value = record.number(column), Float(value).isFinite { continue }
      found.append((place, try record.text(column)))
    }
    let isEmpty =
      found.count == columns.numbers.count
      && (found.map(\.text) + cells).allSatisfy { Blanks.trimmed($0).isEmpty }
    if isEmpty {
      emptyRows += 1
      numbers.removeLast(found.count)
      return false
    }
    for (place, text) in found {
      switch keepsCells ? TableCell(single: Blanks.trimmed(text)) : .word {
      case .missing: continue
      case .word where keepsCells && NumberFault(text: text) == .notNumber:
        words.insert(columns.numbers[place])
      case .word, .number: faults.add(text, line: record.line, column: place)
      }
    }
    return true
  }

  /// Takes columns of text for features.
  ///
  /// - Parameter added: positions in ``texts``.
  mutating func addFeatures(_ added: [Int]) {
    guard !added.isEmpty else { return }
    let width = features.count
    var all: [Float] = []
    all.reserveCapacity(texts.rows.count * (width + added.count))
    for (row, cells) in texts.rows.enumerated() {
      all += numbers[row * width..<(row + 1) * width]
      for (place, column) in added.enumerated() {
        let text = cells.cells[column]
        let value = Double(Blanks.trimmed(text)).map(Float.init) ?? .nan
        if !value.isFinite { faults.add(text, line: cells.line, column: width + place) }
        all.append(value.isFinite ? value : 0)
      }
    }
    numbers = all
    features += added.map { texts.columns[$0] }
  }

  /// The cells of columns of text, as they stand there.
  ///
  /// - Parameter columns: positions in ``texts``.
  /// - Returns: nil where there is no such column.
  func rowTexts(_ columns: [Int]) -> RowTexts? {
    guard !columns.isEmpty else { return nil }
    return RowTexts(
      names: columns.map { texts.columns[$0] },
      cells: texts.rows.flatMap { row in columns.map { row.cells[$0] } })
  }

  /// Names stand once, also without the blanks around them.
  private static func checkNames(_ names: [String], _ path: String) throws(FileError) {
    var seen: Set<String> = []
    for name in names where !name.isEmpty && !seen.insert(name).inserted {
      throw .malformedLine(
        path: path, line: 1,
        reason: "without the blanks around names two columns are called '\(name)'; rename one")
    }
  }
}
