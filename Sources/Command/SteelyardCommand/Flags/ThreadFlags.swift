import ArgumentParser
import Foundation

/// How many threads a command that trains nothing works with.
struct ThreadFlags: ParsableArguments {
  @Option(
    name: .customLong("threads"), parsing: .unconditional,
    help: ArgumentHelp("Threads (default: all processors).", valueName: "number"))
  var given: Int?

  /// The number given, else that of processors.
  var count: Int { given ?? ProcessInfo.processInfo.activeProcessorCount }

  func validate() throws {
    if let given, given < 1 {
      throw ValidationError("--threads: expected at least 1, got \(given).")
    }
  }
}
