import Evaluation
public import Files

extension LabelPredictions {
  /// Reads a table of several labels.
  ///
  /// - what identifies an example: `path`, `id`, `image`, …, as in every table of predictions;
  /// - `prob_<label>` for each label, in 0…1;
  /// - `true_<label>` for each label: 1, 0, or blank or −1 where it is not known; or one column `y_true` (or `labels`, …) of
  ///   lists, `a|b`, `a;b` or `["a", "b"]`, in which empty means none;
  /// - any other column is carried along.
  ///
  /// - Parameters:
  ///   - path: A file separated by commas, semicolons or tabs.
  ///   - unknown: What a label that is not known counts as.
  /// - Throws: `FileError` naming file, line and column.
  public static func read(
    _ path: String, unknown: UnknownLabels = .ignore
  ) throws(FileError) -> LabelPredictions {
    var reader = try DelimitedReader(detecting: path)
    return try read(&reader, file: path, unknown)
  }

  /// Reads a table from memory, as ``read(_:unknown:)``.
  ///
  /// - Parameters:
  ///   - bytes: The whole table.
  ///   - name: What errors call it.
  ///   - unknown: What a label that is not known counts as.
  /// - Throws: As ``read(_:unknown:)``.
  public static func read(
    bytes: [UInt8], name: String, unknown: UnknownLabels = .ignore
  ) throws(FileError) -> LabelPredictions {
    var reader = try DelimitedReader(detecting: bytes, name: name)
    return try read(&reader, file: name, unknown)
  }

  private static func read(
    _ reader: inout DelimitedReader, file: String, _ unknown: UnknownLabels
  ) throws(FileError) -> LabelPredictions {
    let header = reader.columns
    let columns = try LabelColumns(header, file: file)
    var rows = TargetRows(carried: columns.carried)
    var (truths, probabilities): ([Bool?], [Double]) = ([], [])
    var record = DelimitedRecord()
    while try reader.next(into: &record) {
      let path = try rows.add(record, id: columns.id)
      for (label, column) in zip(columns.labels, columns.scores) {
        probabilities.append(try probability(record, column, label, path))
      }
      for truth in try columns.truth(record, path) { truths.append(truth ?? unknown.value) }
    }
    guard !rows.paths.isEmpty else {
      throw .malformed(path: file, reason: "has no rows, so there is nothing to measure")
    }
    return LabelPredictions(
      labels: columns.labels, paths: rows.paths, truths: truths, probabilities: probabilities,
      carried: rows.columns(header))
  }

  private static func probability(
    _ record: DelimitedRecord, _ column: Int, _ label: String, _ path: String
  ) throws(FileError) -> Double {
    if let p = record.number(column), p >= 0, p <= 1 { return p }
    let text = try record.text(column)
    let advice =
      record.number(column).map { $0.isFinite } ?? false
      ? "; of a logit x write 1/(1 + e^(-x)), of percents a hundredth" : ""
    throw .malformedLine(
      path: record.file, line: record.line,
      reason: "prob_\(label) of '\(path)': expected a probability in 0…1, got '\(text)'\(advice)")
  }
}

extension UnknownLabels {
  fileprivate var value: Bool? {
    switch self {
    case .ignore: nil
    case .zeros: false
    case .ones: true
    }
  }
}

extension LabelColumns {
  /// Whether the example of a row has each label, `[L]`.
  fileprivate func truth(_ record: DelimitedRecord, _ path: String) throws(FileError) -> [Bool?] {
    func wrong(_ reason: String) -> FileError {
      .malformedLine(path: record.file, line: record.line, reason: reason)
    }
    switch truth {
    case .each(let columns):
      var found: [Bool?] = []
      for (label, column) in zip(labels, columns) {
        switch record.number(column) {
        case 1: found.append(true)
        case 0: found.append(false)
        case -1: found.append(nil)
        case let number:
          let text = try record.text(column)
          guard number.map(\.isNaN) ?? true, Label.isMissing(text) else {
            throw wrong(
              "true_\(label) of '\(path)': expected 1, 0, or blank or -1 where it is not known, got '\(text)'"
            )
          }
          found.append(nil)
        }
      }
      return found
    case .lists(let column):
      let text = try record.text(column)
      do throws(LabelList.Mistake) {
        let present = try LabelList.parts(text, among: labels)
        return labels.indices.map { present.contains($0) }
      } catch {
        throw wrong("the labels of '\(path)' are '\(text)': \(error.reason)")
      }
    }
  }
}
