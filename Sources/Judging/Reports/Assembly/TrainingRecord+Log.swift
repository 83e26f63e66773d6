import Runs

extension TrainingRecord {
  /// The epochs of a log; `selection` is the metric that chose among them.
  init(_ log: MetricsLog, selection: String?) {
    let records = log.records
    self.init(
      epochs: records.map {
        Epoch(
          epoch: $0.epoch, loss: $0.trainLoss, rate: $0.learningRate, validation: $0.validation,
          isBest: $0.isBest)
      },
      drawn: Self.drawn(records, kept: log.kept),
      selection: records.contains { !$0.validation.isEmpty } ? selection : nil)
  }

  /// Means over the epochs, label mass weighted by what an epoch drew; and the mass of the kept one, as a
  /// decision rule takes it back.
  private static func drawn(_ records: [EpochRecord], kept: EpochRecord?) -> [Drawn] {
    guard let first = records.first, !first.drawn.isEmpty else { return [] }
    let usable = records.filter { $0.drawn.map(\.name) == first.drawn.map(\.name) }
    let (epochs, sizes) = (
      Double(usable.count), usable.map { Double($0.drawn.map(\.examples).reduce(0, +)) }
    )
    let total = sizes.reduce(0, +)
    return first.drawn.indices.map { index in
      let rows = usable.map { $0.drawn[index] }
      return Drawn(
        name: rows[0].name,
        examples: Double(rows.map(\.examples).reduce(0, +)) / epochs,
        distinct: Double(rows.map(\.distinct).reduce(0, +)) / epochs,
        mass: total > 0 ? zip(rows, sizes).map { $0.mass * $1 }.reduce(0, +) / total : 0,
        keptMass: kept?.drawn.first { $0.name == rows[0].name }.map { $0.expectedMass ?? $0.mass })
    }
  }
}
