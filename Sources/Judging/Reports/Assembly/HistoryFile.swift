import Files

/// `metrics.jsonl` of a run: a line for each epoch.
enum HistoryFile {
  private struct Line: Decodable {
    struct Record: Decodable {
      var epoch: Int
      var trainLoss: Double
      var learningRate: Double
      var drawn: [Class]
      var validation: [String: Double]
      var isBest: Bool
    }

    struct Class: Decodable {
      var name: String
      var examples: Int
      var distinct: Int
      var mass: Double
    }

    var record: Record
  }

  static func record(
    _ bytes: [UInt8], selection: String?
  ) throws(FileError) -> TrainingRecord {
    var records: [Line.Record] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      records.append(
        try JSONFile.decode(Line.self, from: [UInt8](line), name: "metrics.jsonl").record)
    }
    return TrainingRecord(
      epochs: records.map {
        TrainingRecord.Epoch(
          epoch: $0.epoch, loss: $0.trainLoss, rate: $0.learningRate, validation: $0.validation,
          isBest: $0.isBest)
      },
      drawn: drawn(records),
      selection: records.contains { !$0.validation.isEmpty } ? selection : nil)
  }

  /// Means over the epochs; label mass weighted by what an epoch drew.
  private static func drawn(_ records: [Line.Record]) -> [TrainingRecord.Drawn] {
    guard let first = records.first, !first.drawn.isEmpty else { return [] }
    let usable = records.filter { $0.drawn.map(\.name) == first.drawn.map(\.name) }
    let (epochs, sizes) = (
      Double(usable.count), usable.map { Double($0.drawn.map(\.examples).reduce(0, +)) }
    )
    let total = sizes.reduce(0, +)
    return first.drawn.indices.map { index in
      let rows = usable.map { $0.drawn[index] }
      return TrainingRecord.Drawn(
        name: rows[0].name,
        examples: Double(rows.map(\.examples).reduce(0, +)) / epochs,
        distinct: Double(rows.map(\.distinct).reduce(0, +)) / epochs,
        mass: total > 0 ? zip(rows, sizes).map { $0.mass * $1 }.reduce(0, +) / total : 0)
    }
  }
}
