import Evaluation
import Reports
import Uncertainty

extension Judgement {
  /// The metrics of predictions that carry the truth, with intervals where settings for them are given.
  init(_ predictions: Predictions, shots: ShotGroups?, _ settings: IntervalSettings?) {
    if let settings {
      self = .assessed(Assessment(predictions, shots: shots, settings: settings))
    } else {
      self = .plain(MetricsReport(predictions, shots: shots))
    }
  }

  /// Prints it on standard output.
  func show(asJSON: Bool) throws {
    if asJSON {
      try StandardStreams.json(self)
    } else {
      StandardStreams.write(
        ReportText.text(report, intervals: assessment, style: StandardStreams.style))
    }
  }
}
