import Evaluation
import Runs
import Uncertainty

extension PairedResult {
  /// The first run against each other one, on the parts that have the last word.
  static func all(_ contents: [RunContents], _ settings: IntervalSettings?) -> [PairedResult] {
    guard let baseline = contents.first else { return [] }
    return contents.dropFirst().map { candidate in
      PairedResult(baseline, candidate, settings ?? IntervalSettings())
    }
  }

  private init(_ first: RunContents, _ second: RunContents, _ settings: IntervalSettings) {
    self.init(baseline: first.name, candidate: second.name, comparison: nil)
    guard let a = first.evaluations.first?.predictions,
      let b = second.evaluations.first?.predictions
    else {
      reason =
        "one of the two has no predictions; make them with steelyard evaluate RUN --data DATA"
      return
    }
    do throws(ComparisonError) {
      comparison = try Comparison(
        a, b, shots: first.evaluations.first?.judgement?.report.shots, settings: settings)
    } catch {
      reason = "\(error)"
    }
  }
}
