import ArgumentParser
import Datasets
import Imaging

/// Which data, how it is split, what to do about its faults.
struct DataFlags: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Folder of class folders, table (CSV, TSV, JSONL), MedMNIST .npz or IDX folder.",
      valueName: "data"))
  var positional: String?

  @Option(name: .customLong("data-dir"), help: "The same as <data>.")
  var dataDir: String?

  @Option(
    help: ArgumentHelp(
      "Take the split from this file, a split.csv of an earlier run.", valueName: "file"))
  var splitFile: String?

  @Option(
    help: ArgumentHelp(
      "Parts for data without a split of its own (default: \(defaults.split.yaml)).",
      valueName: "train,val,test"),
    transform: SplitFractions.init(argument:))
  var split: SplitFractions?

  @Option(help: ArgumentHelp("Leave this class out; repeatable.", valueName: "name"))
  var dropClass: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Thin the training part out to an exponential tail with this imbalance ratio.",
      valueName: "ratio"))
  var longTail: Double?

  @Option(
    help: ArgumentHelp(
      "What to do with a file that does not decode (default: \(defaults.onBadImage.rawValue)).",
      valueName: "what"))
  var onBadImage: BadImageChoice?

  @Flag(
    inversion: .prefixedNo,
    help: "Train although the same image or group is in two parts of the split.")
  var allowLeakage: Bool?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Memory for decoded and resized images (default: \(defaults.cacheMemory)).",
      valueName: "MiB"))
  var cacheMemory: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Side of the square that images are resized to (default: the network's).",
      valueName: "pixels"))
  var imgSize: Int?

  @Option(
    help: ArgumentHelp(
      "Augmentation of the training images (default: \(defaults.augment.rawValue)).",
      valueName: "name"))
  var augment: PresetName?

  @Option(
    name: [.customShort("b"), .long], parsing: .unconditional,
    help: "Images of a batch (default: \(defaults.batchSize)).")
  var batchSize: Int?

  @Option(
    name: [.customShort("j"), .long],
    parsing: .unconditional, help: "Threads that decode and augment (default: \(defaults.workers))."
  )
  var workers: Int?

  mutating func validate() throws {
    guard let positional, let dataDir, positional != dataDir else { return }
    throw ValidationError(
      "The data was given twice: '\(positional)' and --data-dir '\(dataDir)'. Keep one of them.")
  }

  func lay(on overlay: inout Overlay) {
    overlay.set(optional: \.data, positional ?? dataDir)
    overlay.set(optional: \.splitFile, splitFile)
    overlay.set(\.split, split)
    overlay.set(list: \.dropClass, dropClass)
    overlay.set(optional: \.longTail, longTail)
    overlay.set(\.onBadImage, onBadImage)
    overlay.set(\.allowLeakage, allowLeakage)
    overlay.set(\.cacheMemory, cacheMemory)
    overlay.set(optional: \.imgSize, imgSize)
    overlay.set(\.augment, augment)
    overlay.set(\.batchSize, batchSize)
    overlay.set(\.workers, workers)
  }
}
