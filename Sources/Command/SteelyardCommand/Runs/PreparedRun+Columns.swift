import Console
import Datasets
import Plans
import Training

extension PreparedRun {
  /// Numbers of the columns of a table, fitted to the training part, for every row.
  mutating func settleColumns(_ note: (String) -> Void) throws {
    let known = data.dataset.reading.notes.count
    let (encoded, encoding) = try data.dataset.withColumns(
      resolved.values.columnSettings(keepsMissing: plan.method.takesMissing))
    guard let encoding else { return }
    guard resolved.values.backbone == nil else {
      throw OptionError.conflict(
        "--categorical-columns: --backbone makes a model of pictures, which have no columns; leave one of them out"
      )
    }
    plan.columns = encoding
    let warnings = encoded.reading.warnings.dropFirst(data.dataset.reading.warnings.count)
    ReadingText.remarks(Array(encoded.reading.notes.dropFirst(known)), Array(warnings))
      .forEach(note)
    data.dataset = encoded
    training = try data.training(unlabelled)
  }
}

extension Dataset {
  /// The data with the numbers of their columns, what was fitted to those of the training part, and in ``Dataset/reading`` what
  /// is to be said of them.
  ///
  /// - Throws: `EncodingError`.
  func withColumns(
    _ settings: ColumnSettings
  ) throws(EncodingError) -> (data: Dataset, encoding: TableEncoding?) {
    guard let encoding = try fittedEncoding(settings) else { return (self, nil) }
    var data = self
    let (notes, warnings) = statements(of: encoding)
    data.reading.notes += notes
    data.reading.warnings += warnings
    return (try data.encoded(by: encoding), encoding)
  }
}
