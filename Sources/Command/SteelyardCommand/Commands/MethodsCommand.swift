import ArgumentParser
import Methods

/// `steelyard methods`
struct MethodsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "methods",
    abstract: "List the training methods, their hyper-parameters and where they were published.")

  @Flag(help: "Print the list as JSON.")
  var json = false

  @Flag(help: "Print the list as a Markdown table.")
  var markdown = false

  mutating func validate() throws {
    if json && markdown { throw ValidationError("Choose one of --json and --markdown.") }
  }

  mutating func run() throws {
    let listings = catalogue.map(MethodListing.init)
    if json {
      try StandardStreams.json(listings)
    } else if markdown {
      StandardStreams.write(MethodListing.markdown(listings))
    } else {
      StandardStreams.write(MethodListing.text(listings, style: StandardStreams.style))
    }
  }
}
