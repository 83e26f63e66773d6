import ArgumentParser
import Methods
import Plans

/// `steelyard methods`
struct MethodsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "methods",
    abstract: "List the training methods, their hyper-parameters and where they were published.",
    discussion:
      "With a name: when to use that method and when not, its settings, and what it does stage by stage."
  )

  @Argument(help: ArgumentHelp("The method to say more of (default: list all).", valueName: "name"))
  var name: String?

  @Flag(help: "Print the list as JSON.")
  var json = false

  @Flag(help: "Print the list as a Markdown table.")
  var markdown = false

  mutating func validate() throws {
    if json && markdown { throw ValidationError("Choose one of --json and --markdown.") }
    if markdown && name != nil {
      throw ValidationError("--markdown writes the page of all methods; leave out the name.")
    }
  }

  mutating func run() throws {
    if let name {
      let page = try MethodPage(method(named: name))
      return json
        ? try StandardStreams.json(page)
        : StandardStreams.write(page.text(style: StandardStreams.style))
    }
    let listings = catalogue.map(MethodListing.init)
    let others = libraryMethods.map { MethodListing($0) }
    if json {
      try StandardStreams.json(listings)
    } else if markdown {
      StandardStreams.write(MethodListing.markdown(listings, others: others))
    } else {
      let lines = others.map { "\($0.name)  \($0.summary); of \($0.targets)\n" }.joined()
      StandardStreams.write(
        MethodListing.text(listings, style: StandardStreams.style)
          + "\nWhere its library is installed:\n" + lines)
    }
  }
}
