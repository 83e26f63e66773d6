import ArgumentParser

/// How a command reports; the same for every command.
struct ReportFlags: ParsableArguments {
  @Flag(help: "Print the result as JSON on standard output.")
  var json = false

  @Flag(name: [.customShort("q"), .long], help: "No progress on standard error.")
  var quiet = false
}
