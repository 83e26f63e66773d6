import ArgumentParser

/// `steelyard study`
struct StudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study",
    abstract: "See what metrics do when classes are rare.",
    subcommands: [AreaStudyCommand.self, PrevalenceStudyCommand.self])
}
