import Files

/// A column of class labels as it fills up: its texts, once each, until all are known and can be classes.
///
/// A label is a class by its name, with or without blanks around it. Where no label is, but every one is a
/// number in `0..<C` and 0 is among them, the numbers stand for the classes in the order of the columns. A
/// text that is neither is an error at its row.
struct LabelColumn {
  private let name: String
  private let classes: [String]
  /// What a label is called in the header, for messages.
  private let prefix: String
  /// Labels that have a class already.
  private let known: [String: Int]
  private let isOptional: Bool
  /// Entry of `texts` of each row; −1 where the class is not known.
  private var codes: [Int32] = []
  private var places: [String: Int32] = [:]
  /// Each text with its class, or with the number that it is and the line where it came first.
  private var texts: [(text: String, index: Int?, number: Int?, line: Int)] = []

  /// - Parameters:
  ///   - name: Name of the column.
  ///   - classes: Names of the classes, `[C]`.
  ///   - known: Texts that stand for classes besides their names.
  ///   - prefix: What stands before a class in the names of its columns.
  ///   - isOptional: Whether a row may have none.
  init(
    _ name: String, classes: [String], known: [String: Int], prefix: String, isOptional: Bool
  ) {
    (self.name, self.classes, self.prefix, self.isOptional) = (name, classes, prefix, isOptional)
    let names = Dictionary(classes.enumerated().map { ($1, $0) }) { first, _ in first }
    self.known = names.merging(known) { first, _ in first }
  }

  mutating func reserve(_ rows: Int) { codes.reserveCapacity(rows) }

  /// Takes in the label of the next row.
  ///
  /// - Throws: `FileError.malformedLine` for a text that can be no class.
  mutating func add(_ record: DelimitedRecord, _ column: Int) throws(FileError) {
    let text = try record.text(column)
    if let place = places[text] {
      codes.append(place)
      return
    }
    let trimmed = Label.trimmed(text)
    let index = known[text] ?? known[trimmed]
    if index == nil, isOptional, Label.isMissing(trimmed) {
      places[text] = -1
      codes.append(-1)
      return
    }
    let number = Label.number(trimmed)
    // Texts of numbers are judged when all are known.
    guard index != nil || number != nil else { throw unknown(trimmed, record) }
    places[text] = Int32(texts.count)
    codes.append(Int32(texts.count))
    texts.append((trimmed, index ?? number.flatMap { known[String($0)] }, number, record.line))
  }

  /// The class of each row, `[N]`, and what was guessed.
  ///
  /// - Parameter file: What errors call the file.
  /// - Throws: `FileError.malformedLine` for a number that is no class.
  func resolved(_ file: String) throws(FileError) -> (classes: [Int?], said: ReadingStatement?) {
    guard let first = texts.first(where: { $0.index == nil }) else {
      return (codes.map { $0 < 0 ? nil : texts[Int($0)].index }, nil)
    }
    let numbers = texts.compactMap(\.number)
    guard texts.allSatisfy({ $0.index == nil }), numbers.allSatisfy(classes.indices.contains),
      numbers.contains(0)
    else {
      throw .malformedLine(
        path: file, line: first.line, reason: reason(first.text) + advice(numbers))
    }
    return (
      codes.map { $0 < 0 ? nil : texts[Int($0)].number },
      .numbers(
        column: name, classes: classes.enumerated().map { ("\($0)", $1) }, byOrder: true)
    )
  }

  private func unknown(_ text: String, _ record: DelimitedRecord) -> FileError {
    .malformedLine(
      path: record.file, line: record.line,
      reason: Label.isMissing(text) && !text.isEmpty
        ? "\(name) is '\(text)'; every row needs a decision" : reason(text))
  }

  private func reason(_ text: String) -> String {
    let meant = classes.first { $0.lowercased() == text.lowercased() }
    return "\(name) is '\(text)', which has no column \(prefix)\(text)"
      + (meant.map { "; did you mean '\($0)'?" } ?? ";")
      + " the classes are \(shortened(classes))"
  }

  private func advice(_ numbers: [Int]) -> String {
    guard texts.allSatisfy({ $0.index == nil }) else { return "" }
    let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
    guard low >= 0, high <= classes.count else { return "; write the names of the classes" }
    return
      "; class numbers are read where they begin with 0, and here they go from \(low) to \(high):"
      + " write the names of the classes"
  }
}
