import Evaluation

/// Tables of what several models said of the same examples, row by row in the order of the first.
public struct EnsembleTables: Sendable {
  /// What the models are called, `[M]`: the paths of their tables.
  public let names: [String]
  /// Of each model, `[M]`, the same examples in the same order.
  public let tables: [NumberPredictions]

  /// - Parameters:
  ///   - names: the paths of the tables, `[M]`.
  ///   - tables: as they were read, `[M]`.
  /// - Throws: ``EnsembleError`` where they are not of the same examples with the same truths.
  public init(_ names: [String], _ tables: [NumberPredictions]) throws(EnsembleError) {
    guard tables.count > 1, let first = tables.first else { throw .tooFew(tables.count) }
    var aligned = [first]
    for (name, table) in zip(names, tables).dropFirst() {
      let rowOfPath = Dictionary(uniqueKeysWithValues: zip(table.paths, table.paths.indices))
      var rows: [Int] = []
      for path in first.paths {
        guard let row = rowOfPath[path] else {
          throw .missingRow(path, path: name, other: names[0])
        }
        rows.append(row)
      }
      let own = Set(first.paths)
      if let stray = table.paths.first(where: { !own.contains($0) }) {
        throw .missingRow(stray, path: names[0], other: name)
      }
      let moved = table.keeping(rows)
      if let row = first.paths.indices.first(where: { moved.truths[$0] != first.truths[$0] }) {
        throw .truthsDiffer(first.paths[row], path: name, other: names[0])
      }
      aligned.append(moved)
    }
    (self.names, self.tables) = (names, aligned)
  }

  /// What the models said, `[M][N]`.
  private var said: [[Double]] { tables.map(\.predicted) }

  /// What an ensemble says of the examples.
  ///
  /// - Throws: ``EnsembleError`` for weights of another number of models, or of these in another order.
  public func predictions(
    by ensemble: NumberEnsemble
  ) throws(EnsembleError) -> NumberPredictions {
    guard ensemble.weights.count == tables.count else {
      throw .otherCount(tables: tables.count, weights: ensemble.weights.count)
    }
    // New tables have other names; the same names in another order are a slip.
    guard ensemble.models == names || ensemble.models.sorted() != names.sorted() else {
      throw .otherOrder(expected: ensemble.models)
    }
    return try saying(ensemble.predicted(said))
  }

  /// Weights of all examples, and what an ensemble says of each example whose weights were fitted without its fold.
  ///
  /// - Returns: the ensemble for new examples, and the honest predictions of these.
  /// - Throws: ``EnsembleError`` where the tables do not say the same folds, or too few truths are known.
  public func fitted() throws(EnsembleError) -> (
    ensemble: NumberEnsemble, predictions: NumberPredictions
  ) {
    let folds = try folds()
    var predicted = tables[0].predicted
    for fold in Set(folds).sorted() {
      let ensemble = try fitted(to: folds.indices.filter { folds[$0] != fold }, without: fold)
      let own = folds.indices.filter { folds[$0] == fold }
      let values = ensemble.predicted(said.map { all in own.map { all[$0] } })
      for (row, value) in zip(own, values) { predicted[row] = value }
    }
    return (try fitted(to: Array(folds.indices), without: "none"), try saying(predicted))
  }

  private func fitted(
    to rows: [Int], without fold: String
  ) throws(EnsembleError) -> NumberEnsemble {
    let known = rows.filter { tables[0].truths[$0] != nil }
    guard known.count > tables.count else {
      throw .tooFewTruths(fold: fold, known: known.count, needed: tables.count + 1)
    }
    return NumberEnsemble(
      names, said: said.map { all in known.map { all[$0] } },
      truths: known.compactMap { tables[0].truths[$0] })
  }

  /// The fold of each example, `[N]`, in which all tables agree.
  private func folds() throws(EnsembleError) -> [String] {
    let columns = tables.map { $0.carried.named("fold")?.values }
    for (name, column) in zip(names, columns) {
      let count = Set(column ?? []).count
      if count < 2 { throw .noFolds(path: name, found: count) }
    }
    let folds = columns[0] ?? []
    if let row = folds.firstIndex(of: "") {
      throw .noFold(tables[0].paths[row], path: names[0])
    }
    for (name, column) in zip(names, columns).dropFirst() {
      guard let row = folds.indices.first(where: { column?[$0] != folds[$0] }) else { continue }
      throw .foldsDiffer(tables[0].paths[row], path: name, other: names[0])
    }
    return folds
  }

  /// The first table with other numbers, without intervals, which were the models' own.
  private func saying(_ predicted: [Double]) throws(EnsembleError) -> NumberPredictions {
    if let row = predicted.firstIndex(where: { !$0.isFinite }) {
      throw .noNumber(tables[0].paths[row])
    }
    return NumberPredictions(
      paths: tables[0].paths, truths: tables[0].truths, predicted: predicted,
      carried: tables[0].carried)
  }
}
