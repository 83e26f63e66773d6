import ArgumentParser
import Batches
import Datasets
import Decisions
import Evaluation
import Files
import Foundation
import Inference

/// `steelyard predict`
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Say what a trained model sees in images, features or series.",
    discussion: """
      Prints a table to standard output, or writes it to a file: path, y_pred, and a column \
      prob_<class> for each class. Where steelyard decide has stored a rule with the model, \
      probabilities and decisions are the rule's, with columns for what else it says. A model of several labels \
      has in y_pred the list of those from their stored thresholds on, a|b; one of a number has it there, with the ends of its \
      prediction interval in lower and upper. --features \
      writes what the last layer sees of each image: .npz (features, ids, and of several experts \
      logits), .npy (features alone) or .csv.

      --filter FOLDER sorts images by a model that says what is wrong with them, as before made images are \
      learned from. 100 (1 − N_label / N_set) is printed for each label and for those that reject together; what cannot \
      be read counts as a failure.

      Example: steelyard predict runs/artifacts synthetic/*.png --filter kept --filter-labels hand,text
      """)

  @Argument(help: ArgumentHelp("Run directory or model.safetensors.", valueName: "run"))
  var path: String

  @Argument(
    help: ArgumentHelp(
      "Images, folders of images, or tables of them; for a model of features or series a file of those.",
      valueName: "data"))
  var images: [String]

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the table to this file (.csv or .tsv).", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Write features, and the logits of every expert, to this file (.npz, .npy or .csv).",
      valueName: "file"))
  var features: String?

  @Option(
    help: ArgumentHelp(
      "Judge with this adapter in the place of the model's: the adapter folder of a run on the same classes.",
      valueName: "folder"))
  var adapter: String?

  @Flag(help: "Replace the files if they exist.")
  var overwrite = false

  @Flag(
    inversion: .prefixedNo,
    help: "Follow the decision rule stored with the model; else the most probable class decides.")
  var rule = true

  @Flag(
    help:
      "Judge each image together with its mirror image, left for right, and average the answers.")
  var mirror = false

  @OptionGroup(title: "Filter") var filter: FilterFlags
  @OptionGroup(title: "Data") var tables: Flags<TableOptions>
  @OptionGroup(title: "Data") var texts: Flags<TextTableOptions>
  @OptionGroup(title: "Data") var pixels: Flags<PixelOptions>
  @OptionGroup(title: "Experts") var experts: ExpertFlags
  @OptionGroup(title: "Computing") var inference: Flags<InferenceOptions>
  @OptionGroup(title: "Computing") var memory: MemoryFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  func validate() throws {
    if output != nil && report.json {
      throw ValidationError("Choose one of --output and --json.")
    }
  }

  func run() throws {
    let files = [("output", output), ("features", features)]
    try ExistingFiles.refuse(files, over: images + [path, tables.labels, texts.textTable])
    try ExistingFiles.refuse(files, unless: overwrite)
    let featureFile = try features.map { path throws(FeatureFileError) in try FeatureFile(path) }
    var model = try TrainedModel(path, inference, adapter: adapter, note: report.note)
    try checkFilter(model)
    if images.count == 1 { try model.meet(images[0], note: report.note) }
    if model.description.isOfLabels { return try predictLabels(by: model) }
    if model.description.isOfNumbers { return try predictNumbers(by: model) }
    // Before the images, whose judging takes its time.
    let chosen = rule ? try ModelFile.rule(of: model.file) : nil
    let preprocessing = model.description.preprocessing
    let dataset = try opened(for: &model)
    let set = ExampleSet(dataset, classes: nil)
    let skips = inference.onBadImage == .skip
    let adapted = try experts.weigh(&model, for: set, report, skipping: skips)
    var (predictions, outputs) = try judged(by: model, set, keepsOutputs: featureFile != nil)
    notePixels(of: dataset, as: preprocessing)
    if let words = predictions.straightenedWords { report.note(words) }
    if let chosen {
      predictions = try chosen.decisions(on: predictions)
      report.note(
        "decided by the rule chosen on \(chosen.provenance.chosenOn); --no-rule leaves it out"
          + (adapted == nil ? "" : " (it was chosen for the mean of the experts)")
          + (mirror ? " (it was chosen without mirror images)" : ""))
    }
    if let featureFile, let outputs {
      try featureFile.write(
        outputs, ids: predictions.paths, classes: model.description.classes)
      report.note(
        "features of \(outputs.count) \(preprocessing.kind.plural) in \(featureFile.path)")
    }
    if let output {
      try predictions.write(to: output)
    } else if report.json {
      try StandardStreams.json(PredictionListing.all(predictions))
    } else {
      StandardStreams.write(predictions.text())
    }
  }

  /// The images as the model takes them, and the model as they are to be judged.
  func opened(for model: inout TrainedModel) throws -> Dataset {
    var options = TrainOptions([tables.typed, texts.typed, inference.typed])
    let preprocessing = model.description.preprocessing
    try options.read(as: preprocessing, but: pixels.typed)
    if mirror && preprocessing.images == nil {
      throw OptionError.conflict(
        "--mirror is for images, and the model takes \(preprocessing.kind.plural)")
    }
    model.predictor.mirrors = mirror
    options.read(columns: model.description.columns)
    try options.read(texts: model.description.text)
    var dataset = try Dataset.unlabelled(images, options)
      .encoded(by: model.description.columns).taking(model.description.text)
    try preprocessing.check(dataset, images[0])
    dataset.tally = PixelTally()
    ReadingText.lines(dataset.reading).forEach(report.note)
    return dataset
  }

  /// Says what was done to pixels on the way.
  func notePixels(of dataset: Dataset, as preprocessing: Preprocessing) {
    if let images = preprocessing.images {
      PixelText.lines(dataset, images.reading).forEach(report.note)
    }
  }

  /// Refuses what is made for classes alone.
  ///
  /// - Parameter what: what the model says, as in "several labels".
  func checkOptions(of what: String) throws(OptionError) {
    if features != nil {
      throw .conflict(
        "features: the model says \(what), beside which they are not written; steelyard embed --run writes them"
      )
    }
    if experts.adaptExperts {
      throw .conflict(
        "adapt-experts: the model says \(what), and experts are weighed for classes alone; leave it out"
      )
    }
  }

  /// What the model says of the images, and where asked for what it sees. Those that cannot be read are left out
  /// with a note each, or are an error that names all of them, as where no other is left.
  private func judged(
    by model: TrainedModel, _ images: ExampleSet, keepsOutputs: Bool
  ) throws -> (Predictions, SetOutputs?) {
    try leavingOutBad(of: images) { leavingOut in
      try model.judged(
        images, label: "predicting", isQuiet: report.quiet, keepsOutputs: keepsOutputs,
        leavingOut: leavingOut)
    }
  }

  /// What is found in images, without those that cannot be read.
  func leavingOutBad<Found>(
    of images: ExampleSet, _ judge: (@escaping (UnreadableImage) -> Void) throws -> Found
  ) throws -> Found {
    var bad: [DataProblem] = []
    let result = Result {
      try judge { bad.append(DataProblem(unreadable: $0.error, path: $0.path)) }
    }
    if inference.onBadImage == .skip && bad.count < images.count {
      for image in bad { report.note("left out: \(image)") }
    } else {
      var problems = DataProblems()
      for image in bad { problems.add(image.kind, at: image.origin) }
      try problems.check()
    }
    return try result.get()
  }
}
