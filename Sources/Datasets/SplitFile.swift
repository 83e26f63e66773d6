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
    var result = data
    var problems = DataProblems()
    do throws(FileError) {
      try read(path, into: &result, &problems)
    } catch {
      throw .file(error)
    }
    try problems.check()
    return result
  }

  private static func read(
    _ path: String, into data: inout Dataset, _ problems: inout DataProblems
  ) throws(FileError) {
    var reader = try DelimitedReader(path: path)
    guard let pathColumn = reader.columns.firstIndex(of: "path"),
      let splitColumn = reader.columns.firstIndex(of: "split")
    else {
      throw .malformedLine(
        path: path, line: 1,
        reason: "a split file needs the columns path and split,"
          + " found \(reader.columns.joined(separator: ", "))")
    }
    let labelColumn = reader.columns.firstIndex(of: "label")
    let numberOfPath = Dictionary(
      data.examples.indices.map { (data.examples[$0].path, $0) }, uniquingKeysWith: { $1 })
    var lineOfExample: [Int: Int] = [:]
    while let row = try reader.next() {
      let name = row.fields[pathColumn]
      guard let number = numberOfPath[name] else {
        problems.add(.notInData(name), at: "\(path):\(row.line)")
        continue
      }
      if let first = lineOfExample.updateValue(row.line, forKey: number) {
        problems.add(.duplicatePath(name, first: "line \(first)"), at: "\(path):\(row.line)")
      }
      guard let split = Split(synonym: row.fields[splitColumn]) else {
        problems.add(
          .unknownSplit(row.fields[splitColumn], column: "split"), at: "\(path):\(row.line)")
        continue
      }
      if let labelColumn, let label = data.examples[number].label, label != row.fields[labelColumn]
      {
        problems.add(
          .labelDiffers(name, inData: label, inSplitFile: row.fields[labelColumn]),
          at: "\(path):\(row.line)")
      }
      data.examples[number].split = split
    }
    for (number, example) in data.examples.enumerated() where lineOfExample[number] == nil {
      problems.add(.notInSplitFile(example.path, splitFile: path), at: example.origin)
    }
  }
}
