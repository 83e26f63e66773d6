import Files

/// `split.csv`: path, label, group and split of every image, written by a run and read back by
/// `--split-file`.
public enum SplitFile {
  private static let columns = ["path", "label", "group", "split"]

  /// Writes the table atomically, one row per example in the order of the data.
  ///
  /// - Throws: ``DatasetError/file(_:)`` when it cannot be written.
  public static func write(_ data: Dataset, to path: String) throws(DatasetError) {
    let rows = data.examples.lazy.map { example in
      [example.path, example.label ?? "", example.group ?? "", example.split?.rawValue ?? ""]
    }
    do throws(FileError) {
      try DelimitedWriter.write(columns: columns, rows: rows, to: path)
    } catch {
      throw .file(error)
    }
  }

  /// The data with the splits of the table; splits the data had are replaced.
  ///
  /// - Throws: ``DatasetError``: the table is malformed or lacks a column; together, every path of the
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
}

/// A split file while it is laid on the data it names.
private struct SplitFileReading {
  /// Where the columns stand.
  private struct Columns {
    let path: Int
    let split: Int
    let label: Int?
  }

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
    var reader = try DelimitedReader(path: path)
    let columns = try recognised(reader.columns)
    while let row = try reader.next() { take(row, columns) }
    for (number, example) in data.examples.enumerated() where lineOfExample[number] == nil {
      problems.add(.notInSplitFile(example.path, splitFile: path), at: example.origin)
    }
  }

  private func recognised(_ names: [String]) throws(FileError) -> Columns {
    guard let pathColumn = names.firstIndex(of: "path"),
      let splitColumn = names.firstIndex(of: "split")
    else {
      throw .malformedLine(
        path: path, line: 1,
        reason: "a split file needs the columns path and split,"
          + " found \(names.joined(separator: ", "))")
    }
    return Columns(path: pathColumn, split: splitColumn, label: names.firstIndex(of: "label"))
  }

  private mutating func take(_ row: DelimitedRow, _ columns: Columns) {
    let origin = "\(path):\(row.line)"
    let name = row.fields[columns.path]
    guard let number = numberOfPath[name] else {
      return problems.add(.notInData(name), at: origin)
    }
    if let first = lineOfExample.updateValue(row.line, forKey: number) {
      problems.add(.duplicatePath(name, first: "line \(first)"), at: origin)
    }
    let word = row.fields[columns.split]
    guard let split = Split(synonym: word) else {
      return problems.add(.unknownSplit(word, column: "split"), at: origin)
    }
    if let given = columns.label.map({ row.fields[$0] }), let label = data.examples[number].label,
      label != given
    {
      problems.add(.labelDiffers(name, inData: label, inSplitFile: given), at: origin)
    }
    data.examples[number].split = split
  }
}
