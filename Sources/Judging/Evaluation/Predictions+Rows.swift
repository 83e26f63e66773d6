extension Predictions {
  /// Some of the rows, in the order asked for.
  ///
  /// - Parameter rows: Row numbers, each in `0..<N`, all different.
  /// - Returns: The predictions of those rows, with their columns.
  /// - Throws: `PredictionsError` where a row is asked for twice.
  /// - Precondition: the rows lie in `0..<N`.
  public func keeping(_ rows: [Int]) throws(PredictionsError) -> Predictions {
    try Predictions(
      classes: classes, paths: rows.map { paths[$0] }, truths: rows.map { truths[$0] },
      predicted: rows.map { predicted[$0] }, probabilities: rows.flatMap { self[$0] },
      columns: columns.map { column in Column(column.name, rows.map { column.values[$0] }) })
  }
}
