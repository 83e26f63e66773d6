import Files

/// What the columns of a table hold, seen in a first pass over it.
struct ColumnProfile {
  /// One column.
  struct Column {
    /// Cells that are finite numbers.
    var numbers = 0
    /// Of them whole ones.
    var whole = 0
    /// Of them 0 and 1.
    var binary = 0
    /// Cells that are empty or say that nothing is known.
    var blanks = 0
    var low = Double.infinity
    var high = -Double.infinity
    /// The first cell that is neither.
    var text: String?
    /// Different cells, with blanks at their ends left off, in the order of their first row; of columns of
    /// labels only.
    var labels: [String] = []
    fileprivate var seen: Set<String> = []

    /// Whether every cell that is not blank is a number, and there is one.
    func isNumeric(_ rows: Int) -> Bool { numbers > 0 && numbers + blanks == rows }
    /// Whether every cell is 0 or 1.
    func isBinary(_ rows: Int) -> Bool { rows > 0 && binary == rows }
    /// Whether every cell is a number in 0…1, a little beyond for the sake of single precision.
    func isProbability(_ rows: Int) -> Bool {
      rows > 0 && numbers == rows && low >= -Self.slack && high <= 1 + Self.slack
    }
    /// Whether there are numbers that are not whole.
    var hasFractions: Bool { whole < numbers }

    static let slack = 1e-6
  }

  /// So many different labels are kept; a column with more is no column of classes.
  static let mostLabels = 20_000

  /// Number of rows.
  private(set) var rows = 0
  /// One for each column of the header.
  private(set) var columns: [Column]
  private let labelled: Set<Int>

  /// The profile of a table.
  ///
  /// - Parameters:
  ///   - reader: Its rows, none of them read yet.
  ///   - labelled: Columns whose different cells are wanted.
  /// - Throws: `FileError` for a row that is no row of the table.
  init(_ reader: inout DelimitedReader, labels labelled: [Int]) throws(FileError) {
    columns = reader.columns.map { _ in Column() }
    self.labelled = Set(labelled)
    var record = DelimitedRecord()
    while try reader.next(into: &record) { try add(record) }
  }

  private mutating func add(_ record: DelimitedRecord) throws(FileError) {
    rows += 1
    for index in columns.indices {
      if labelled.contains(index) { try addLabel(record, index) }
      if let number = record.number(index), number.isFinite {
        columns[index].numbers += 1
        if number == number.rounded() { columns[index].whole += 1 }
        if number == 0 || number == 1 { columns[index].binary += 1 }
        columns[index].low = min(columns[index].low, number)
        columns[index].high = max(columns[index].high, number)
      } else if Label.isMissing(try record.text(index)) {
        columns[index].blanks += 1
      } else if columns[index].text == nil {
        columns[index].text = try record.text(index)
      }
    }
  }

  private mutating func addLabel(_ record: DelimitedRecord, _ index: Int) throws(FileError) {
    let text = Label.trimmed(try record.text(index))
    guard !Label.isMissing(text), columns[index].labels.count < Self.mostLabels,
      columns[index].seen.insert(text).inserted
    else { return }
    columns[index].labels.append(text)
  }
}

/// The cell of a label.
package enum Label {
  private static let missing: Set<String> = ["", "nan", "na", "n/a", "none", "null", "<na>"]

  /// Whether it says that the class is not known, as pandas, R and JSON write it.
  package static func isMissing(_ text: String) -> Bool {
    missing.contains(trimmed(text).lowercased())
  }

  /// Without blanks at its ends.
  package static func trimmed(_ text: String) -> String {
    guard text.first?.isWhitespace ?? false || text.last?.isWhitespace ?? false else { return text }
    let start = text.drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }

  /// The label as it is without the `.0` that pandas gives to whole numbers beside missing ones.
  static func canonical(_ text: String) -> String {
    text.hasSuffix(".0") ? number(text).map(String.init) ?? text : text
  }

  /// The whole number that it is, as `2` and, from a column that pandas made one of fractions, `2.0`.
  static func number(_ text: String) -> Int? {
    if let whole = Int(text) { return whole }
    guard let value = Double(text), value == value.rounded(), abs(value) < 1e9 else { return nil }
    return Int(value)
  }
}
