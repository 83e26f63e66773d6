import ArgumentParser

/// The command.
struct Steelyard: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "steelyard",
    abstract: "Learn from imbalanced images: train, evaluate, predict.",
    discussion: """
      Results go to standard output, progress to standard error. Exit status: 0 all well, \
      1 failed, 2 data that cannot be used or a check that did not pass, 64 wrong usage, 128 and its \
      number (129, 130, 138, 143) stopped by a signal after saving.
      """,
    version: Version.current,
    groupedSubcommands: [
      CommandGroup(
        name: "Work",
        subcommands: [
          InspectCommand.self, PackCommand.self, EmbedCommand.self, TrainCommand.self,
          CrossfitCommand.self,
          CompareCommand.self,
          EvaluateCommand.self, PredictCommand.self,
        ]),
      CommandGroup(
        name: "Judge",
        subcommands: [
          AuditCommand.self, CurateCommand.self, DecideCommand.self, ReportCommand.self,
          GateCommand.self, EnsembleCommand.self, FuseCommand.self, FROCCommand.self,
          ChangeCommand.self,
          StudyCommand.self,
        ]),
      CommandGroup(name: "Look around", subcommands: [MethodsCommand.self, ModelsCommand.self]),
      CommandGroup(name: "Set-up", subcommands: [DoctorCommand.self, DemoCommand.self]),
    ])
}
