import Runs

extension Judgement {
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
