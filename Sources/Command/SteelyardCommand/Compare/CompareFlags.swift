import ArgumentParser

/// How the data are divided, without the imbalance, which `compare` takes several of.
package struct ComparePartOptions: Declarations {
  package init() {}

  package let split = TrainOptions.parts.split
  package let strataClusters = TrainOptions.parts.strataClusters
  package let longTailShape = TrainOptions.parts.longTailShape
  package let onBadImage = TrainOptions.parts.onBadImage
  package let nearDuplicates = TrainOptions.parts.nearDuplicates
  package let allowLeakage = TrainOptions.parts.allowLeakage
}

/// Which network, without the method, which `compare` takes several of.
package struct CompareNetworkOptions: Declarations {
  package init() {}

  package let model = TrainOptions.network.model
  package let pretrained = TrainOptions.network.pretrained
  package let backbone = TrainOptions.network.backbone
  package let pool = TrainOptions.network.pool
  package let head = TrainOptions.network.head
  package let tune = TrainOptions.network.tune
  package let adapter = TrainOptions.network.adapter
  package let dropPath = TrainOptions.network.dropPath
  package let smoothing = TrainOptions.network.smoothing
  package let classMass = TrainOptions.network.classMass
  package let buckets = TrainOptions.network.buckets
  package let hardNormals = TrainOptions.network.hardNormals
  package let cells = TrainOptions.network.cells
  package let cellCap = TrainOptions.network.cellCap
  package let classWeights = TrainOptions.network.classWeights
  package let classWeightsStart = TrainOptions.network.classWeightsStart
}

/// What goes into the run directories of the cells.
package struct CompareRunOptions: Declarations {
  package init() {}

  package let logInterval = TrainOptions.runDirectory.logInterval
  package let checkpointInterval = TrainOptions.runDirectory.checkpointInterval
  package let keepCheckpoints = TrainOptions.runDirectory.keepCheckpoints
  package let record = TrainOptions.runDirectory.record
  package let recordEvery = TrainOptions.runDirectory.recordEvery
  package let tensorboard = TrainOptions.runDirectory.tensorboard
}

/// The options of a training run that all cells of a comparison share.
struct CompareTrainingFlags: ParsableArguments {
  @OptionGroup(title: "Data") var source: Flags<SourceOptions>
  @OptionGroup(title: "Data") var tables: Flags<TableOptions>
  @OptionGroup(title: "Data") var categories: Flags<CategoryOptions>
  @OptionGroup(title: "Data") var texts: Flags<TextOptions>
  @OptionGroup(title: "Data") var targets: Flags<TargetOptions>
  @OptionGroup(title: "Data") var selection: Flags<SelectionOptions>
  @OptionGroup(title: "Data") var parts: Flags<ComparePartOptions>
  @OptionGroup(title: "Data") var pixels: Flags<PixelOptions>
  @OptionGroup(title: "Data") var images: Flags<ImageOptions>
  @OptionGroup(title: "Network") var network: Flags<CompareNetworkOptions>
  @OptionGroup(title: "Optimiser") var optimizer: Flags<OptimizerOptions>
  @OptionGroup(title: "Schedule and selection") var schedule: Flags<ScheduleOptions>
  @OptionGroup(title: "Engine") var engine: Flags<EngineOptions>
  @OptionGroup(title: "Run directories") var runDirectory: Flags<CompareRunOptions>

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

/// What is compared.
struct GridFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Methods, or all: names, each with settings where wanted, as in erm,balanced-mixup.alpha=0.1 (several"
        + " settings of one joined by +); see 'steelyard methods'.", valueName: "names"))
  var methods: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Trainings of each method, with seeds from --seed on; methods of one seed share split and thinning (default:"
        + " 3).", valueName: "count"))
  var seeds: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "In place of seeds: parts of the data, each the test of models trained on the others.",
      valueName: "count"))
  var folds: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Thin the training part out to each of these imbalance ratios; 1 leaves it as it lies (default: 1).",
      valueName: "ratios"))
  var longTail: String?

  @Option(
    help: ArgumentHelp(
      "Choose among these values by --eval-metric on validation, inside each seed; repeatable, and several of one"
        + " method are all combined.", valueName: "method.setting=v,v…"))
  var search: [String] = []

  @Flag(
    help: ArgumentHelp(
      "Add rows of the frozen baseline to a comparison on images with --pretrained: nearest neighbours and logistic"
        + " regression on features of the weights, of which nothing learns."))
  var frozen = false

  @Option(
    help: ArgumentHelp(
      "The method that the others are compared with (default: erm where it is among them, else the first).",
      valueName: "method"))
  var reference: String?

  @Option(
    help: ArgumentHelp(
      "The metric that conclusions are drawn from (default: that of --eval-metric).",
      valueName: "name"))
  var metric: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How long all trainings together may take, such as 2h or 90m: seeds, and methods, that do not fit are left"
        + " out, and named.", valueName: "time"))
  var budget: String?
}
