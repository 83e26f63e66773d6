public import Files

/// What every epoch did, as a table: `summary.csv`, a row for each epoch, for spreadsheets.
///
/// Columns: `epoch`, `train_loss`, `lr`, `lambda` (empty where nothing was mixed), `val_<metric>` for each
/// metric that some epoch has (empty where undefined), `best` (1 or 0).
public struct SummaryFile: Sendable, Equatable {
  /// One epoch, without what it drew.
  public struct Row: Sendable, Equatable {
    /// Number of the epoch, from 1.
    public var epoch: Int
    /// Mean training loss.
    public var trainLoss: Double
    /// Learning rate of the last step.
    public var learningRate: Double
    /// Mean mixing weight λ, in `0...1`; `nil` where nothing was mixed.
    public var mixing: Double?
    /// Validation metrics by name, without those that are undefined.
    public var validation: [String: Double]
    /// Whether it was the best epoch of its stage so far.
    public var isBest: Bool
  }

  /// The epochs, in order.
  public var rows: [Row]

  private static let first = ["epoch", "train_loss", "lr", "lambda"]
  private static let metric = "val_"
  private static let last = "best"

  /// The table of a run's epochs.
  public init(_ history: [EpochRecord]) {
    rows = history.map {
      Row(
        epoch: $0.epoch, trainLoss: $0.trainLoss, learningRate: $0.learningRate,
        mixing: $0.mixing, validation: $0.validation, isBest: $0.isBest)
    }
  }

  /// Writes the table atomically.
  ///
  /// - Throws: `FileError` when it cannot be written.
  public func write(to path: String) throws(FileError) {
    let keys = Set(rows.flatMap(\.validation.keys)).sorted()
    try DelimitedWriter.write(
      columns: Self.first + keys.map { Self.metric + $0 } + [Self.last],
      rows: rows.map { row in
        [
          "\(row.epoch)", "\(row.trainLoss)", "\(row.learningRate)",
          row.mixing.map { "\($0)" } ?? "",
        ]
          + keys.map { row.validation[$0].map { "\($0)" } ?? "" } + [row.isBest ? "1" : "0"]
      }, to: path)
  }

  /// Reads a table; columns that it does not know are left alone.
  ///
  /// - Throws: ``RunFileError`` naming the line that is wrong.
  public static func read(_ path: String) throws(RunFileError) -> SummaryFile {
    var table = SummaryFile([])
    table.rows = try RunTable.rows(
      of: path, columns: first + [last], shown: 4, remedy: MetricsLog.Line.remedy, Row.init)
    return table
  }
}

extension SummaryFile.Row {
  /// A row by column; nil where a field is no number.
  fileprivate init?(_ values: [String: String]) {
    guard let epoch = values["epoch"].flatMap({ Int($0) }),
      let loss = values["train_loss"].flatMap({ Double($0) }),
      let rate = values["lr"].flatMap({ Double($0) }), let lambda = values["lambda"],
      let best = values["best"], ["0", "1"].contains(best)
    else { return nil }
    (self.epoch, trainLoss, learningRate) = (epoch, loss, rate)
    (mixing, isBest, validation) = (Double(lambda), best == "1", [:])
    guard lambda.isEmpty || mixing != nil else { return nil }
    for (column, text) in values where column.hasPrefix("val_") && !text.isEmpty {
      guard let value = Double(text) else { return nil }
      validation[String(column.dropFirst("val_".count))] = value
    }
  }
}
