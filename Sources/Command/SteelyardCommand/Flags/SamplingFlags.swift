import ArgumentParser
import Foundation
import Uncertainty

/// How resamples are drawn, and intervals read off them.
struct SamplingFlags: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Bootstrap resamples; with 0 evaluate and report leave the intervals out.", valueName: "count"
    ))
  var resamples = IntervalSettings().resamples

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Coverage of the intervals, above 0 and below 1.", valueName: "part"))
  var level = IntervalSettings().level

  @Option(
    name: .customLong("bootstrap"),
    help: ArgumentHelp(
      "How an interval that is made of resamples is read off them; rates and areas have formulas of their own.",
      valueName: "bca|percentile|basic"))
  var method = IntervalSettings().method

  @Option(help: ArgumentHelp("Seed of the resamples.", valueName: "number"))
  var bootstrapSeed = IntervalSettings().seed

  func validate() throws {
    guard (0...1_000_000).contains(resamples) else {
      throw ValidationError("--resamples: expected 0 to 1,000,000, got \(resamples).")
    }
    guard level > 0 && level < 1 else {
      throw ValidationError("--level: expected a number above 0 and below 1, got \(level).")
    }
  }

  /// For a command that has nothing to say without intervals.
  /// - Throws: `OptionError` where there are no resamples.
  func required() throws(OptionError) -> IntervalSettings {
    guard let settings else { throw .conflict("resamples: expected at least 1, got 0") }
    return settings
  }

  /// `nil` where no intervals are wanted.
  var settings: IntervalSettings? {
    guard resamples > 0 else { return nil }
    return IntervalSettings(
      resamples: resamples, seed: bootstrapSeed, level: level, method: method,
      threads: ProcessInfo.processInfo.activeProcessorCount)
  }
}
