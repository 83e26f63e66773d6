import ArgumentParser

/// `steelyard study`
struct StudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study",
    abstract: "See what metrics, optimisers and remedies do when classes are rare.",
    subcommands: [
      AreaStudyCommand.self, PrevalenceStudyCommand.self, CollapseStudyCommand.self,
      MemoryStudyCommand.self, DisparityStudyCommand.self, ImbalanceStudyCommand.self,
    ])
}
