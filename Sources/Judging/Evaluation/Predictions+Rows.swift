extension Predictions {
  /// Some of the rows, in the order asked for.
  ///
  /// - Parameter rows: Row numbers, `[M]`, each in `0..<N`, all different.
  /// - Returns: The predictions of those rows, with their columns.
  /// - Throws: `PredictionsError` where a row is asked for twice.
  /// - Precondition: the rows lie in `0..<N`.
  public func keeping(_ rows: [Int]) throws(PredictionsError) -> Predictions {
    var kept = try Predictions(
      unchecked: classes, paths: rows.map { paths[$0] }, truths: rows.map { truths[$0] },
      predicted: rows.map { predicted[$0] }, probabilities: rows.flatMap { self[$0] },
      columns: columns.map { column in Column(column.name, rows.map { column.values[$0] }) },
      hasScores: hasScores, positive: positive)
    kept.areOrdered = areOrdered
    return kept
  }

  /// The same predictions with the classes in another order.
  ///
  /// - Parameter names: The same names, `[C]`.
  /// - Returns: `nil` where they are not the same names.
  public func ordered(as names: [String]) -> Predictions? {
    if names == classes { return self }
    guard names.count == classes.count, Set(names) == Set(classes) else { return nil }
    let place = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    let old = names.compactMap { place[$0] }
    var new = old
    for (index, from) in old.enumerated() { new[from] = index }
    let positive = positive.map { PositiveClass(new[$0.index], because: $0.reason) }
    var found = try? Predictions(
      unchecked: names, paths: paths, truths: truths.map { $0.map { new[$0] } },
      predicted: predicted.map { new[$0] },
      probabilities: (0..<count).flatMap { row in
        old.map { probabilities[row * names.count + $0] }
      }, columns: columns, hasScores: hasScores, positive: positive)
    found?.areOrdered = areOrdered
    return found
  }
}
