public import Datasets
public import Files

/// `split.csv`: path, label, group and split of every image, written by a run, and read back to give other
/// data, or those of a resumed run, the same parts. Where an image may have several labels, `label` lists them (`a|b`, `c?` where
/// it is not known) for people alone, and is not compared.
public enum SplitFile {
  private static let columns = ["path", "label", "group", "split"]

  /// Writes the table atomically, one row per example in the order of the data, with the labels that
  /// the data have.
  ///
  /// - Throws: `DatasetError.file` when it cannot be written.
  public static func write(_ data: Dataset, to path: String) throws(DatasetError) {
    let original = data.originalLabels
    let rows = data.examples.indices.lazy.map { index in
      let example = data.examples[index]
      let label =
        data.labelNames == nil
        ? example.label.map { original[$0] ?? $0 } : data.labelText(of: index)
      return [example.path, label ?? "", example.group ?? "", example.split?.rawValue ?? ""]
    }
    do throws(FileError) {
      try DelimitedWriter.write(columns: columns, rows: rows, to: path)
    } catch {
      throw .file(error)
    }
  }

  /// The data with the splits of the table; splits the data had are replaced.
  ///
  /// - Throws: `DatasetError`: the table is malformed or lacks a column; together, every path of the
  ///   table that the data lack, every image without a row, every label that differs.
  public static func apply(_ path: String, to data: Dataset) throws(DatasetError) -> Dataset {
    var reading = SplitFileReading(path: path, data: data)
    do throws(FileError) {
      try reading.read()
    } catch {
      throw .file(error)
    }
    try reading.problems.check()
    return reading.data
  }

  /// Path, group and label of the images of one part; group and label are empty where there is none.
  ///
  /// - Throws: `FileError` when the table cannot be read or lacks a column.
  public static func images(
    of split: Split, in path: String
  ) throws(FileError) -> [(path: String, group: String, label: String)] {
    var reader = try DelimitedReader(path: path)
    let columns = try SplitFileColumns(reader.columns, of: path)
    var images: [(path: String, group: String, label: String)] = []
    while let row = try reader.next() {
      guard Split(synonym: row.fields[columns.split]) == split else { continue }
      func field(_ place: Int?) -> String { place.map { row.fields[$0] } ?? "" }
      images.append((row.fields[columns.path], field(columns.group), field(columns.label)))
    }
    return images
  }
}

/// Where the columns stand.
private struct SplitFileColumns {
  let path: Int
  let split: Int
  let label: Int?
  let group: Int?

  init(_ names: [String], of file: String) throws(FileError) {
    guard let path = names.firstIndex(of: "path"), let split = names.firstIndex(of: "split") else {
      throw .malformedLine(
        path: file, line: 1,
        reason: "a split file needs the columns path and split,"
          + " found \(names.joined(separator: ", "))")
    }
    (self.path, self.split) = (path, split)
    (label, group) = (names.firstIndex(of: "label"), names.firstIndex(of: "group"))
  }
}

/// A split file while it is laid on the data it names.
private struct SplitFileReading {
  let path: String
  var data: Dataset
  var problems = DataProblems()
  private let numberOfPath: [String: Int]
  private var lineOfExample: [Int: Int] = [:]

  init(path: String, data: Dataset) {
    self.path = path
    self.data = data
    numberOfPath = Dictionary(
      data.examples.indices.map { (data.examples[$0].path, $0) }, uniquingKeysWith: { $1 })
  }

  mutating func read() throws(FileError) {
    var reader = try DelimitedReader(detecting: path, allowingUnnamed: true)
    let columns = try SplitFileColumns(reader.columns.map(Blanks.trimmed), of: path)
    while let row = try reader.next() { take(row, columns) }
    for (number, example) in data.examples.enumerated() where lineOfExample[number] == nil {
      problems.add(.notInSplitFile(example.path, splitFile: path), at: example.origin)
    }
  }

  private mutating func take(_ row: DelimitedRow, _ columns: SplitFileColumns) {
    let origin = "\(path):\(row.line)"
    let name = Blanks.known(row.fields[columns.path]) { numberOfPath[$0] != nil }
    guard let number = numberOfPath[name] else {
      return problems.add(.notInData(name), at: origin)
    }
    if let first = lineOfExample.updateValue(row.line, forKey: number) {
      problems.add(.duplicatePath(name, first: "line \(first)"), at: origin)
    }
    let word = Blanks.trimmed(row.fields[columns.split])
    guard let split = Split(synonym: word) else {
      return problems.add(.unknownSplit(word, column: "split"), at: origin)
    }
    if let label = data.examples[number].label,
      let given = columns.label.map({ Blanks.known(row.fields[$0]) { $0 == label } }),
      label != given
    {
      problems.add(.labelDiffers(name, inData: label, inSplitFile: given), at: origin)
    }
    data.examples[number].split = split
  }
}
