import ArgumentParser
import Console
import Datasets
import Foundation
import Gauss
import Imaging
import Methods
import Optimizers
import Plans
import Torch
import Training

/// `steelyard demo`
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Draw a small long-tailed image set and train two methods on it, side by side.",
    discussion: """
      Takes a few minutes on two cores. Everything stays in one folder.

      With --gauss it trains every method that suits it on LT-Gauss instead, ten classes of \
      Gaussian clusters, 500 to 5 rows, once a seed and in seconds each, and writes no file.
      """)

  @Flag(help: "Train methods on LT-Gauss, rows of sixteen numbers, in place of images.")
  var gauss = false

  @Option(
    parsing: .unconditional,
    help: "With --gauss: how many seeds, from --seed on, each method is trained with (default: 5).")
  var seeds: Int?

  @Option(
    name: [.long, .customLong("output-dir")],
    help: ArgumentHelp("Folder for images and runs (default: demo).", valueName: "folder"))
  var output: String?

  @Option(parsing: .unconditional, help: "Seed of images and training.")
  var seed = 0

  @Option(
    parsing: .unconditional,
    help: "Passes over the training part (default: 12; with --gauss 60).")
  var epochs: Int?

  @OptionGroup(title: "Reporting") var report: ReportFlags

  func validate() throws {
    if !(0...Int.max / 2).contains(seed) {
      throw ValidationError("--seed: expected 0 to \(Int.max / 2), got \(seed).")
    }
    if let epochs, !(1...1_000_000).contains(epochs) {
      throw ValidationError("--epochs: expected 1 to 1000000, got \(epochs).")
    }
    if gauss, output != nil {
      throw ValidationError("--output: --gauss writes no file; leave it out.")
    }
    guard let seeds else { return }
    if !gauss { throw ValidationError("--seeds: takes part with --gauss only; leave it out.") }
    if !(1...10_000).contains(seeds) {
      throw ValidationError("--seeds: expected 1 to 10000, got \(seeds).")
    }
  }

  func run() throws {
    StopSignals.outliveReaders()
    if gauss { return try compareOnGauss() }
    let folder = DemoFolder(output ?? Self.usualFolder)
    try draw(into: folder)
    try inspect(folder)
    let runs = try ["erm", "balanced-mixup"].map { method in
      report.note("\n== steelyard train \(folder.images) --method \(method) …")
      return try TrainRun(options(method, folder), isQuiet: report.quiet)()
    }
    let comparison = DemoComparison(runs)
    if report.json {
      try StandardStreams.json(comparison)
    } else {
      StandardStreams.write(comparison.text(style: StandardStreams.style))
      report.note(Self.next)
    }
  }

  private func compareOnGauss() throws {
    // A network this small loses more to a second thread than it gains.
    Engine.threads = 1
    let count = seeds ?? 5
    var comparison = GaussComparison(seeds: Array(seed..<seed + count), epochs: epochs ?? 60)
    report.note(
      "== LT-Gauss: \(LTGauss.counts.count) classes of \(LTGauss.counts[0]) to \(LTGauss.counts.last ?? 0) rows; "
        + "each method \(count) \(count == 1 ? "time" : "times"), \(comparison.epochs) epochs")
    for method in catalogue where GaussTrial.suits(method.init()) {
      report.note(method.name)
      try comparison.add(method)
    }
    let others = catalogue.filter { !GaussTrial.suits($0.init()) }.map { $0.name }
    report.note(
      "left out, for these classes are not what they are for: \(others.joined(separator: ", "))")
    if report.json {
      try StandardStreams.json(comparison)
    } else {
      StandardStreams.write(comparison.text(style: StandardStreams.style))
    }
  }

  private func draw(into folder: DemoFolder) throws {
    let set = DemoSet(seed: UInt64(seed))
    report.note("== drawing \(set.pictures.count) images into \(folder.images)")
    let drawn = try folder.draw(
      set, threads: ProcessInfo.processInfo.activeProcessorCount)
    if !drawn { report.note("they are there already") }
  }

  private func inspect(_ folder: DemoFolder) throws {
    report.note("\n== steelyard inspect \(folder.images)")
    let data = try Dataset.open(folder.images)
    let survey = Survey(data, threads: ProcessInfo.processInfo.activeProcessorCount)
    report.note(InspectionText.text(Inspection(data, survey), style: StandardStreams.notes.style))
  }

  /// The options of `train` for a small network and few epochs; the rest are the defaults.
  private func options(_ method: String, _ folder: DemoFolder) throws(OptionError)
    -> ResolvedOptions
  {
    var options = TrainOptions()
    options.data = folder.images
    options.method = method
    options.model = "resnet20"
    options.imgSize = DemoSet(seed: 0).side
    options.epochs = epochs ?? 12
    options.opt = .adamw
    options.lr = 0.003
    options.weightDecay = 0.05
    options.augment = .crop
    // A network this small gains nothing from more, and loses much where cores are shared.
    options.threads = 1
    options.seed = seed
    options.outputDir = folder.path + "/runs"
    return try ResolvedOptions(flags: options)
  }

  private static let usualFolder = "demo"

  private static let next = """

    Next, your own images, one folder per class:

      steelyard inspect YOUR_IMAGES
      steelyard train YOUR_IMAGES --method balanced-mixup

    """
}
