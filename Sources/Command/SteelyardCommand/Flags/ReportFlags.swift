import ArgumentParser

/// How a command reports; the same for every command.
struct ReportFlags: ParsableArguments {
  @Flag(help: "Print the result as JSON on standard output.")
  var json = false

  @Flag(name: [.customShort("q"), .long], help: "No progress and no notes on standard error.")
  var quiet = false

  /// Says something on the way, unless nothing is to be said.
  func note(_ text: String) {
    if !quiet { StandardStreams.note(text) }
  }
}
