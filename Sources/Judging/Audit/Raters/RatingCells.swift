import Files
import Requirements

/// The cells of a table of ratings as they are read, line by line.
struct RatingCells {
  private let file: String
  private let columns: RatingColumns
  private let names: [String]
  private var paths: [String] = []
  private var raters: [String] = []
  private var places: [String: Int] = [:]
  private var people: [String: Int] = [:]
  /// Of each row, what each rater gave, and on which line.
  private var cells: [[Int: (label: String, line: Int)]] = []
  private var given: [(label: String, line: Int)?] = []
  private var (repeated, empty) = (0, 0)

  init(_ file: String, _ columns: RatingColumns, _ names: [String]) {
    (self.file, self.columns, self.names) = (file, columns, names)
    guard case .wide(let raters) = columns.form else { return }
    for column in raters { _ = Self.place(names[column], in: &people, &self.raters) }
  }

  /// Takes in a line.
  ///
  /// - Throws: ``RatingError`` for a rater's second rating of a row that differs from the first, and for a cell that must not be
  ///   empty.
  mutating func take(_ row: DelimitedRow) throws(RatingError) {
    let fields = row.fields.map(Self.trimmed)
    let path = fields[columns.path]
    guard !path.isEmpty else {
      throw .emptyCell(file: file, line: row.line, column: names[columns.path])
    }
    let place = Self.place(path, in: &places, &paths)
    if place == cells.count {
      cells.append([:])
      given.append(nil)
    }
    switch columns.form {
    case .long(let rater, let label):
      guard !fields[rater].isEmpty else {
        throw .emptyCell(file: file, line: row.line, column: names[rater])
      }
      let person = Self.place(fields[rater], in: &people, &raters)
      try rate(place, person, fields[label], row.line)
    case .wide(let columns):
      for column in columns {
        try rate(place, people[names[column]] ?? 0, fields[column], row.line)
      }
    }
    guard let column = columns.given, !fields[column].isEmpty else { return }
    if let before = given[place], before.label != fields[column] {
      throw .twoGiven(
        file: file, line: row.line, path: path, first: before.label, second: fields[column])
    }
    given[place] = (fields[column], row.line)
  }

  private mutating func rate(
    _ row: Int, _ rater: Int, _ label: String, _ line: Int
  ) throws(RatingError) {
    guard !label.isEmpty else {
      empty += 1
      return
    }
    guard let before = cells[row][rater] else {
      cells[row][rater] = (label, line)
      return
    }
    guard before.label == label else {
      throw .twoRatings(
        file: file, path: paths[row], rater: raters[rater], first: before.label,
        firstLine: before.line, second: label, secondLine: line)
    }
    repeated += 1
  }

  /// What was read, with classes in their order.
  ///
  /// - Throws: ``RatingError`` where there is no rating, one class only, no row with two ratings, or a label that is no class.
  func table(classes named: [String]?) throws(RatingError) -> RatingTable {
    let rated = paths.indices.filter { !cells[$0].isEmpty }
    let people = Set(rated.flatMap { cells[$0].keys }).sorted()
    guard !rated.isEmpty else { throw .noRatings(file: file) }
    let classes = named ?? found(rated)
    guard classes.count > 1 else { throw .oneClass(file: file, name: classes.first ?? "") }
    guard rated.contains(where: { cells[$0].count > 1 }) else {
      throw .noOverlap(file: file, rows: rated.count, raters: people.count)
    }
    let numbers = Dictionary(
      classes.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { $1 })
    func number(_ cell: (label: String, line: Int)) throws(RatingError) -> Int {
      guard let number = numbers[cell.label] else {
        throw .unknownClass(
          file: file, line: cell.line, label: cell.label, classes: classes,
          nearest: nearest(to: cell.label, among: classes))
      }
      return number
    }
    let order = Dictionary(
      uniqueKeysWithValues: people.enumerated().map { ($0.element, $0.offset) })
    var rows: [[Ratings.Rating]] = []
    var labels: [Int?] = []
    for row in rated {
      var own: [Ratings.Rating] = []
      for (rater, cell) in cells[row].sorted(by: { $0.value.line < $1.value.line }) {
        own.append(.init(rater: order[rater] ?? 0, label: try number(cell)))
      }
      rows.append(own)
      if let cell = given[row] { labels.append(try number(cell)) } else { labels.append(nil) }
    }
    var table = RatingTable(
      Ratings(rows: rows, raters: people.count, classes: classes.count),
      paths: rated.map { paths[$0] }, raters: people.map { raters[$0] }, classes: classes,
      given: labels)
    table.notes = columns.notes + notes(table, rated.count)
    return table
  }

  /// The classes that occur: whole numbers by size, others by their letters.
  private func found(_ rated: [Int]) -> [String] {
    var names: Set<String> = []
    for row in rated {
      for cell in cells[row].values { names.insert(cell.label) }
      if let cell = given[row] { names.insert(cell.label) }
    }
    let numbers = names.compactMap { Int($0) }
    guard numbers.count == names.count else { return names.sorted() }
    return names.sorted { (Int($0) ?? 0, $0) < (Int($1) ?? 0, $1) }
  }

  private func notes(_ table: RatingTable, _ rated: Int) -> [String] {
    var notes: [String] = []
    if repeated > 0 {
      notes.append("\(file): ratings that stand twice and count once: \(repeated)")
    }
    if rated < paths.count {
      notes.append(
        "\(file): rows without a rating, left out: \(paths.count - rated) of \(paths.count)")
    }
    if case .long = columns.form, empty > 0 {
      notes.append("\(file): lines with an empty label, which is no rating: \(empty)")
    }
    let idle = raters.count - table.raters.count
    if idle > 0 { notes.append("\(file): raters without a rating, left out: \(idle)") }
    let lone = zip(table.raters, table.ratings.perRater).filter { $0.1 == 1 }.map(\.0)
    if !lone.isEmpty {
      notes.append(
        "\(file): \(lone.prefix(10).joined(separator: ", "))\(lone.count > 10 ? ", …" : "") gave one rating only, of which nothing"
          + " can be told about the rater")
    }
    return notes
  }

  /// The number of a name, a new one where it is new.
  private static func place(
    _ name: String, in places: inout [String: Int], _ names: inout [String]
  ) -> Int {
    if let place = places[name] { return place }
    places[name] = names.count
    names.append(name)
    return names.count - 1
  }

  /// A text without spaces at its ends.
  static func trimmed(_ text: String) -> String {
    guard text.first == " " || text.last == " " || text.first == "\t" || text.last == "\t" else {
      return text
    }
    var part = text[...]
    while part.first == " " || part.first == "\t" { part.removeFirst() }
    while part.last == " " || part.last == "\t" { part.removeLast() }
    return String(part)
  }
}
