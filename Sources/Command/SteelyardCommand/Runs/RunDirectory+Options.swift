import Files
package import Runs

extension ResolvedOptions {
  /// Takes what says nothing of how images are scaled for what began when every image was scaled alike.
  mutating func scaleAsStarted() {
    let preprocessing = TrainOptions.network.preprocessing
    if values.given(preprocessing) == nil { values[preprocessing] = .plain }
  }

  /// Writes down how images are scaled where that follows from weights, for whoever goes on later.
  mutating func settleScaling() {
    if values.pretrained != nil { values.preprocessing = values.chosenPreprocessing }
  }
}

extension RunDirectory {
  /// The options that the run was started with, below those that are typed now.
  /// - Throws: `RunFileError` where a newer program wrote them, `OptionError` for what is no option.
  func options(flags: TrainOptions = TrainOptions()) throws -> ResolvedOptions {
    try ConfigRecord.checkFormat(of: config)
    return try ResolvedOptions(flags: flags, file: ConfigFile.read(config))
  }

  /// The same for a run that is taken up: its own copies of split and class names, pixels as it read them.
  /// - Throws: as ``options(flags:)``.
  package func optionsToGoOn(flags: TrainOptions = TrainOptions()) throws -> ResolvedOptions {
    var resolved = try options(flags: flags)
    resolved.values.readPixelsAsStarted()
    // A run from before there was anything else is of images, whatever its table looks like now.
    let input = TrainOptions.selection.input
    if resolved.values.given(input) == nil { resolved.values[input] = .images }
    resolved.scaleAsStarted()
    resolved.values.splitFile = split
    if resolved.values.corrections != nil { resolved.values.corrections = corrections }
    if case .file = resolved.values.hardNormals {
      resolved.values.hardNormals = .file(hardNormals)
    }
    if resolved.values.classNames != nil { resolved.values.classNames = classNames }
    return resolved
  }
}
