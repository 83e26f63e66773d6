import ArgumentParser
import Console
import Files
import Reports

/// What a study comes to: a table, words under it, and a drawing.
struct StudySheet {
  /// A column: its key in a CSV, its title on a terminal, and whether it holds numbers.
  struct Column {
    var key: String
    var title: String
    var isNumber = true

    init(_ key: String, _ title: String, isNumber: Bool = true) {
      (self.key, self.title, self.isNumber) = (key, title, isNumber)
    }
  }

  /// A cell: as shown, and as a CSV has it.
  struct Cell {
    var shown: String
    var exact: String

    /// A word.
    init(_ text: String) { (shown, exact) = (text, text) }

    /// A number.
    init(_ value: Double?, places: Int = 3) {
      shown = value.map { Format.decimal($0, places: places) } ?? "n/a"
      exact = value.map { "\($0)" } ?? ""
    }

    /// A whole number.
    init(_ value: Int) { (shown, exact) = (Format.count(value), "\(value)") }

    /// A mean with its standard error, of which a CSV has the mean.
    init(mean values: [Double], places: Int = 3) {
      let spread = Spread(values)
      self.init(spread?.mean, places: places)
      if let error = spread?.error { shown += " ± \(Format.decimal(error, places: places))" }
    }
  }

  var columns: [Column]
  var rows: [[Cell]]
  /// What the table shows, in a sentence or two.
  var words: String
  var plot: StandalonePlot

  /// Refuses a drawing's name that promises something else than what would be in it.
  ///
  /// - Throws: `ValidationError`.
  static func checkPlot(_ path: String?) throws {
    guard let path, !AtomicFile.isStream(path), FilePath.fileExtension(of: path) != "svg" else {
      return
    }
    throw ValidationError(
      "--plot: a drawing is SVG; expected a name that ends in .svg, got '\(path)'")
  }

  /// Refuses one name for table and drawing, and that of what the study reads.
  ///
  /// - Throws: `OptionError`.
  static func checkFiles(csv: String?, plot: String?, reading inputs: [String?] = [])
    throws(OptionError)
  {
    try ExistingFiles.refuse([("csv", csv), ("plot", plot)], over: inputs)
  }

  /// Writes the table, and the drawing, where files are named.
  ///
  /// - Throws: `FileError`.
  func write(csv: String?, plot: String?, note: (String) -> Void) throws {
    if let csv {
      try DelimitedWriter.write(
        columns: columns.map(\.key), rows: rows.map { $0.map(\.exact) }, to: csv)
      note("wrote \(csv)")
    }
    if let plot {
      try AtomicFile.write(self.plot.svg(), to: plot)
      note("wrote \(plot)")
    }
  }

  /// The table as a terminal has it, with the words.
  func text(style: Style) -> String {
    var table = TextTable(columns.map { $0.isNumber ? .right($0.title) : .left($0.title) })
    for row in rows { table.add(row.map(\.shown)) }
    return table.text(style: style) + "\n\(words)\n"
  }
}

/// Mean and standard error of a few numbers.
struct Spread {
  let mean: Double
  /// `nil` of one number.
  let error: Double?

  /// `nil` of none.
  init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    self.mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    error = values.count < 2 ? nil : (squares / (count - 1) / count).squareRoot()
  }
}

/// Where a study's table and drawing go.
struct StudyFlags: ParsableArguments {
  @Option(help: ArgumentHelp("Write the table to this file too.", valueName: "file.csv"))
  var csv: String?

  @Option(help: ArgumentHelp("Draw it to this file.", valueName: "file.svg"))
  var plot: String?

  @Flag(help: "Print the result as JSON on standard output.")
  var json = false

  func validate() throws {
    try StudySheet.checkPlot(plot)
    do throws(OptionError) {
      try StudySheet.checkFiles(csv: csv, plot: plot)
    } catch {
      throw ValidationError("\(error).")
    }
  }

  /// Writes what is asked for, and prints the table, or `value` as JSON.
  ///
  /// - Throws: `FileError`, `EncodingError`.
  func show(_ sheet: StudySheet, _ value: some Encodable) throws {
    try sheet.write(csv: csv, plot: plot, note: StandardStreams.note)
    if json { return try StandardStreams.json(value) }
    StandardStreams.write(sheet.text(style: StandardStreams.style))
  }
}
