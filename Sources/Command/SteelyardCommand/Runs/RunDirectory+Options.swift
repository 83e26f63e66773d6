import Files
import Runs

extension RunDirectory {
  /// The options that the run was started with, below those that are typed now.
  /// - Throws: `RunFileError` where a newer program wrote them, `OptionError` for what is no option.
  func options(flags: TrainOptions = TrainOptions()) throws -> ResolvedOptions {
    try ConfigRecord.checkFormat(of: config)
    return try ResolvedOptions(flags: flags, file: ConfigFile.read(config))
  }
}
