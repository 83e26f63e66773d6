import Evaluation
import Files
import Foundation
import Uncertainty

// bench-intervals FILE RESAMPLES THREADS: every metric of a table of predictions with its interval.
// Reading the table is not timed; the seconds of the values alone are given beside those of everything.

let words = CommandLine.arguments.dropFirst()
let numbers = words.dropFirst().compactMap { Int($0) }
guard let file = words.first, numbers.count == 2, numbers.allSatisfy({ $0 > 0 }) else {
  print("usage: bench-intervals FILE RESAMPLES THREADS")
  throw FileError.missing(path: "FILE")
}
let predictions = try Predictions.read(file)
let timer = ContinuousClock()
var f1: Double?
let values = timer.measure { f1 = MetricsReport(predictions)["f1_macro"] }
var assessment: Assessment?
/// Processor time of all threads: what a crowded machine cannot stretch.
func processorSeconds() -> Double { Double(Foundation.clock()) / Double(CLOCKS_PER_SEC) }
let before = processorSeconds()
let all = timer.measure {
  assessment = Assessment(
    predictions, settings: IntervalSettings(resamples: numbers[0], threads: numbers[1]))
}
let processor = processorSeconds() - before
let interval = assessment?.intervals["f1_macro"]
print(
  """
  {"seconds": \(all / .seconds(1)), "cpu_seconds": \(processor), \
  "values_seconds": \(values / .seconds(1)), \
  "f1_macro": \(f1 ?? 0), "low": \(interval?.low ?? 0), "high": \(interval?.high ?? 0)}
  """)
