import ArgumentParser

/// Every option of a training run, for the commands that train.
struct TrainingFlags: ParsableArguments {
  @OptionGroup(title: "Data") var source: Flags<SourceOptions>
  @OptionGroup(title: "Data") var tables: Flags<TableOptions>
  @OptionGroup(title: "Data") var categories: Flags<CategoryOptions>
  @OptionGroup(title: "Data") var texts: Flags<TextOptions>
  @OptionGroup(title: "Data") var targets: Flags<TargetOptions>
  @OptionGroup(title: "Data") var selection: Flags<SelectionOptions>
  @OptionGroup(title: "Data") var parts: Flags<PartOptions>
  @OptionGroup(title: "Data") var pixels: Flags<PixelOptions>
  @OptionGroup(title: "Data") var images: Flags<ImageOptions>
  @OptionGroup(title: "Network and method") var network: Flags<NetworkOptions>
  @OptionGroup(title: "Optimiser") var optimizer: Flags<OptimizerOptions>
  @OptionGroup(title: "Schedule and selection") var schedule: Flags<ScheduleOptions>
  @OptionGroup(title: "Engine") var engine: Flags<EngineOptions>
  @OptionGroup(title: "Run directory") var runDirectory: Flags<RunDirectoryOptions>

  /// What was typed.
  var typed: TrainOptions {
    TrainOptions([
      source.typed, tables.typed, categories.typed, texts.typed, targets.typed, selection.typed,
      parts.typed,
      pixels.typed,
      images.typed,
      network.typed, optimizer.typed, schedule.typed, engine.typed, runDirectory.typed,
    ])
  }
}
