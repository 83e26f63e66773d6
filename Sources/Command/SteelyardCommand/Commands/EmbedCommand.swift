import ArgumentParser
import Batches
import Console
import Datasets
import Files
import Foundation
import Imaging
import Inference
import Networks
import Targets
import Torch

/// `steelyard embed`
struct EmbedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "embed",
    abstract:
      "Turn images into features of a pretrained network, once, to train heads on in seconds.",
    discussion: """
      Reads images of one class each as train does (of several labels, or none, with --no-labels) and writes what the last layer would see of each image, with \
      labels, groups and splits, and of which weights it is: .npz, .safetensors, .npy or .csv by the \
      ending of the file. It is data for every command: steelyard train FILE --method logistic. With \
      --backbone WEIGHTS train makes a model of pictures of it. One pass with little memory; what was \
      stopped goes on with the same command, to the same bytes.
      """)

  @Argument(
    help: ArgumentHelp(
      "Folder of class folders, table (CSV, TSV, JSONL), MedMNIST .npz or IDX folder.",
      valueName: "data"))
  var data: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the features to this file (.npz, .safetensors, .npy or .csv).", valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp("Network of the weights; see 'steelyard models'.", valueName: "name"))
  var model: String?

  @Option(
    help: ArgumentHelp(
      "Weights (.safetensors, torchvision .pth, BiT .npz), or those of 'make weights': imagenet.",
      valueName: "file"))
  var pretrained: String?

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp(
      "Take a model that Steelyard trained: run directory or model.safetensors.",
      valueName: "run"))
  var trained: String?

  @Option(
    help: ArgumentHelp(
      "Of --run: look through this adapter in the place of the model's, the adapter folder of a run on the same"
        + " classes and beside the same weights.", valueName: "folder"))
  var adapter: String?

  @Option(
    help: ArgumentHelp(
      "Features of a transformer: its class token, or the mean of the patches (default: the network's own; attention is that of SigLIP's towers, which have no other).",
      valueName: "token|mean"))
  var pool: TokenPooling?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Side of the square that images are resized to (default: the network's).",
      valueName: "pixels"))
  var imgSize: Int?

  @Flag(
    help:
      "Resize the shorter side and cut the centre out, as networks are evaluated on ImageNet, in place of resizing the whole image."
  )
  var crop = false

  @Option(
    help: ArgumentHelp(
      "How images are scaled, and how much --crop keeps: own is as the network's published weights saw them (mostly bicubic), plain is bilinear and 7/8 (default: own).",
      valueName: "own|plain"))
  var preprocessing: PreprocessingChoice?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Average the features of so many views: the image, its mirror image, then windows of 7/8 of each side and theirs (default: 1).",
      valueName: "1–12"))
  var views = 1

  @Flag(help: "Store numbers in half precision (float16).")
  var half = false

  @Flag(name: .customLong("no-labels"), help: "Look for images alone; data need no labels then.")
  var withoutLabels = false

  @Flag(
    help: "Replace the file if it exists, and begin anew where parts of another pass lie beside it."
  )
  var overwrite = false

  @OptionGroup(title: "Data") var tables: Flags<TableOptions>
  @OptionGroup(title: "Data") var selection: Flags<SelectionOptions>
  @OptionGroup(title: "Data") var pixels: Flags<PixelOptions>
  @OptionGroup(title: "Computing") var inference: Flags<InferenceOptions>
  @OptionGroup(title: "Computing") var memory: MemoryFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  func validate() throws {
    guard (1...Embedder.mostViews).contains(views) else {
      throw ValidationError("--views: expected 1 to \(Embedder.mostViews), got \(views).")
    }
    guard (pretrained == nil) != (trained == nil) else {
      throw ValidationError("Say whose features: --pretrained FILE with --model, or --run RUN.")
    }
    try checkAdapter()
    if trained != nil,
      model != nil || pool != nil || imgSize != nil || crop || preprocessing != nil
    {
      throw ValidationError(
        "--run: its model says which network it is and what it sees of an image; leave out --model, --pool,"
          + " --img-size, --crop and --preprocessing.")
    }
  }

  private func checkAdapter() throws {
    if adapter != nil, trained == nil {
      throw ValidationError(
        "--adapter: it stands beside the model of a run; say which with --run.")
    }
  }

  func run() throws {
    HeapArenas.shareOne()
    StopSignals.outliveReaders()
    try EmbeddedSet.check(output)
    let files = EmbeddedSet.files(of: output)
    try check(files, against: inputs)
    if !overwrite,
      let file = files.first(where: { FileManager.default.fileExists(atPath: $0) })
    {
      throw OptionError.conflict("output: \(file) exists; replace it with --overwrite")
    }
    try Engine.start()
    if let threads = inference.threads { Engine.threads = threads }
    let (source, plain) = try prepared()
    source.notes.forEach(report.note)
    let dataset = try opened(as: source.preprocessing)
    let names = Set(files.map { FilePath.name(of: $0) })
    let listed = Set(dataset.examples.map(\.file)).filter { names.contains(FilePath.name(of: $0)) }
    try check(files, against: listed.sorted())
    var images = source.preprocessing
    images.pixels = dataset.pixelReading.isPerImage ? nil : dataset.pixelReading
    var predictor = plain
    predictor.batchSize = inference.batchSize ?? 32
    let embedder = Embedder(
      network: source.network, preprocessing: images, predictor: predictor, views: views)
    let pass = try EmbeddingPass(
      embedder, dataset, of: data, output: output, isHalf: half, isNew: overwrite,
      skipsBad: inference.onBadImage == .skip, isQuiet: report.quiet)
    let summary = try pass(note: report.note)
    PixelText.lines(dataset, images.reading).forEach(report.note)
    if report.json {
      try StandardStreams.json(summary)
    } else {
      StandardStreams.write(summary.text)
    }
  }

  /// The files that are read before the images are.
  private var inputs: [String] {
    let options = TrainOptions([tables.typed, selection.typed])
    let all: [String?] = [
      data, pretrained, trained, trained.map { FilePath.join($0, "model.safetensors") },
      options.labels, options.splitFile, options.classNames,
    ]
    return all.compactMap { $0 }
  }

  /// Refuses to write over what is read, with --overwrite too.
  private func check(_ files: [String], against inputs: [String]) throws(OptionError) {
    try ExistingFiles.refuse(files.map { ("output", $0) }, over: inputs)
  }

  /// The network, and how it computes: in float32 unless told, so that features depend on no machine.
  private func prepared() throws -> (EmbeddingSource, Predictor) {
    if let trained {
      let model = try TrainedModel(trained, inference, adapter: adapter, note: report.note)
      var predictor = model.predictor
      predictor.autocast = inference.amp?.precision(on: predictor.device)
      return (try EmbeddingSource(model), predictor)
    }
    let device = try Device(named: inference.device ?? "auto")
    if let doubt = inference.amp?.doubt(on: device) { report.note(doubt) }
    let source = try EmbeddingSource(
      pretrained: pretrained ?? "", model: model, pool: pool, side: imgSize, crops: crop,
      preprocessing: preprocessing ?? .own, on: device)
    let predictor = Predictor(
      batchSize: 32, workers: inference.typed.workers,
      autocast: inference.amp?.precision(on: device), device: device)
    return (source, predictor)
  }

  private func opened(as preprocessing: ImagePreprocessing) throws -> Dataset {
    var options = TrainOptions([tables.typed, selection.typed, pixels.typed, inference.typed])
    try options.checkOrder()
    if trained != nil { try options.read(as: .images(preprocessing), but: pixels.typed) }
    if options.input == .auto { options.input = .images }
    guard options.input == .images else {
      throw OptionError.conflict("--input \(options.input.rawValue): only images are embedded")
    }
    var dataset =
      withoutLabels
      ? try Dataset.unlabelled([data], options)
      : try Dataset.open(data, options).naming(options)
    ReadingText.lines(dataset.reading).forEach(report.note)
    let target = FoundTarget(data, options)
    if !withoutLabels, target.kind == .number, let sign = target.sign {
      report.note(
        "target: a number (\(sign)), which features keep as a class is kept; train \(output) learns the number with --task number"
      )
    }
    guard !dataset.examples.isEmpty else {
      throw DatasetError.empty(path: data, expected: "at least one image")
    }
    dataset.tally = PixelTally()
    return dataset
  }
}
