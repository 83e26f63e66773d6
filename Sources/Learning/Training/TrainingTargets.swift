import Batches
public import Sampling

/// What the training examples have for a target, as methods and samplers get it.
public enum TrainingTargets: Sendable {
  /// Class of each, `[N]`.
  case classes([Int])
  /// Any number of labels of each.
  case labels(LabelTable)
  /// A number of each.
  case numbers(NumberTable)
}

extension TrainingData {
  /// The labels of each training example, where it may have several.
  public var labelTable: LabelTable? {
    if case .labels(let table) = targets { table } else { nil }
  }

  /// The number of each training example, where that is the target.
  public var numberTable: NumberTable? {
    if case .numbers(let table) = targets { table } else { nil }
  }

  /// Class of each training example, `[N]`, or the range that its number lies in; empty where it may have several labels.
  public var labels: [Int] {
    switch targets {
    case .classes(let labels): labels
    case .labels: []
    case .numbers(let table): table.places
    }
  }

  /// What the network should say of some training examples.
  func target(of rows: [Int]) -> Target {
    switch targets {
    case .classes(let labels): Target(rows.map { labels[$0] })
    case .labels(let table): Target(Target.Entries(table, rows: rows))
    case .numbers(let table):
      Target(
        Target.Entries(
          rows.map { (table.values[$0] - table.mean) / table.scale }, rows: Array(rows.indices)))
    }
  }

  /// The class of a training example, the labels that it has, or the range that its number lies in.
  func classes(of row: Int) -> [Int] {
    switch targets {
    case .classes(let labels): [labels[row]]
    case .labels(let table): (0..<table.width).filter { table[row, $0] == true }
    case .numbers(let table): [table.places[row]]
    }
  }

  /// How much of each class, label or range is in a batch, `[C]`.
  ///
  /// Of numbers an example counts for the range that it lies in, where two streams were joined by its stream's weight: a
  /// blended number may lie in a range that neither has.
  func mass(of batch: Batch) -> [Double] {
    guard case .numbers(let table) = targets else {
      return batch.target.entries?.mass ?? batch.target.massPerClass(classes.count)
    }
    let streams = max(batch.examples.count / max(batch.count, 1), 1)
    return batch.examples.enumerated().reduce(
      into: [Double](repeating: 0, count: classes.count)
    ) { mass, example in
      let λ = batch.lambda ?? 0
      mass[table.places[example.element]] +=
        streams < 2 ? 1 : example.offset < batch.count ? 1 - λ : λ
    }
  }
}
