public import Evaluation
public import Uncertainty

/// The metrics of a set of predictions, with intervals where there are any: the JSON of
/// `metrics-*.json`, of this version or one before intervals.
public enum Judgement: VersionedJSON, Equatable {
  /// Numbers alone.
  case plain(MetricsReport)
  /// Numbers with their intervals.
  case assessed(Assessment)

  /// The metrics of predictions that carry the truth.
  ///
  /// - Parameters:
  ///   - predictions: What the model said, with the truth.
  ///   - shots: Classes grouped by training examples, `[C]`, where known.
  ///   - settings: How intervals are made; `nil` leaves them out.
  /// - Precondition: `shots` has as many entries as `predictions` has classes.
  public init(_ predictions: Predictions, shots: ShotGroups?, _ settings: IntervalSettings?) {
    self =
      settings.map { .assessed(Assessment(predictions, shots: shots, settings: $0)) }
      ?? .plain(MetricsReport(predictions, shots: shots))
  }

  /// The metrics follow from the predictions beside them.
  public static var remedy: String {
    "restore it from a copy, or delete it: it can be made anew from the predictions"
  }

  /// The numbers.
  public var report: MetricsReport {
    switch self {
    case .plain(let report): report
    case .assessed(let assessment): assessment.report
    }
  }

  /// How the predictions were read, where that was not plain.
  public var notes: [String] {
    get { report.notes }
    set {
      switch self {
      case .plain(var report):
        report.notes = newValue
        self = .plain(report)
      case .assessed(var assessment):
        assessment.report.notes = newValue
        self = .assessed(assessment)
      }
    }
  }

  /// The intervals; `nil` where there are none.
  public var assessment: Assessment? {
    if case .assessed(let assessment) = self { assessment } else { nil }
  }

  private enum CodingKeys: String, CodingKey { case intervals }

  /// Writes the report with or without intervals.
  ///
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .plain(let report): try report.encode(to: encoder)
    case .assessed(let assessment): try assessment.encode(to: encoder)
    }
  }

  /// Reads either form.
  ///
  /// - Throws: `DecodingError` where a key is missing or has the wrong type.
  public init(from decoder: any Decoder) throws {
    let hasIntervals = try decoder.container(keyedBy: CodingKeys.self).contains(.intervals)
    self =
      hasIntervals
      ? .assessed(try Assessment(from: decoder)) : .plain(try MetricsReport(from: decoder))
  }
}
