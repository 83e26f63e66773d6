import ArgumentParser
import Console
import Datasets
import Files
import Foundation
import Runs

/// `steelyard pack`
struct PackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Put a data set of images into one file that every command reads.",
    discussion: """
      The file is a tar archive with an index and a checksum of each image behind the images; the columns of the table go with \
      them, under their names, so the options that say how to read the data say how to read the file. Images are packed as they \
      are, so a run on the file gives the same bytes as a run on the data; with --shorter-side their scaled pixels are, which \
      need no decoding. A file that holds the data as they are now is left alone; one of data that have changed is written anew; any other is refused.
      """)

  @Argument(
    help: ArgumentHelp(
      "Folder of class folders, table (CSV, TSV, JSONL) or tar shards; with --shorter-side also MedMNIST .npz or IDX folder.",
      valueName: "data"))
  var data: String

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file, which ends in .tar.", valueName: "file"))
  var output: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Pack pixels in place of files, of images scaled so that the shorter side has so many (smaller images stay as they are).",
      valueName: "pixels"))
  var shorterSide: Int?

  @OptionGroup(title: "Data") var tables: Flags<TableOptions>
  @OptionGroup(title: "Data") var targets: Flags<TargetOptions>
  @OptionGroup(title: "Data") var pixels: Flags<PixelOptions>
  @OptionGroup(title: "Computing") var memory: MemoryFlags
  @OptionGroup(title: "Reporting") var report: ReportFlags

  /// What was packed, for `--json`.
  private struct Summary: Codable {
    var file: String
    var images: Int
    var bytes: Int
    /// Whether it was written; else it held the data already.
    var written: Bool
  }

  func validate() throws {
    if let shorterSide, !(8...16_384).contains(shorterSide) {
      throw ValidationError("--shorter-side: expected 8 to 16384, got \(shorterSide).")
    }
    guard FilePath.fileExtension(of: output) == "tar" else {
      throw ValidationError("--output: expected a name that ends in .tar, got \(output).")
    }
  }

  func run() throws {
    StopSignals.outliveReaders()
    var options = TrainOptions([tables.typed, targets.typed, pixels.typed])
    options.input = .images
    if targets.typed.givenNames.contains("unknown") {
      throw OptionError.conflict(
        "unknown: labels that are not known stay so in the file; say what they count as when it is read"
      )
    }
    try ExistingFiles.refuse(
      [("output", output)], over: [data] + [options.labels].compactMap { $0 })
    let dataset = try prepared(options)
    try checkOutput(dataset)
    try checkReplaced(dataset)
    let packing = try DataPacking(dataset, shorterSide: shorterSide)
    let isPacked = packing.isPacked(in: output)
    if !isPacked { try write(packing, of: dataset) }
    let size = FileState(of: output)?.size ?? 0
    let summary = Summary(
      file: output, images: dataset.examples.count, bytes: size, written: !isPacked)
    if report.json { return try StandardStreams.json(summary) }
    let what = "\(Format.count(summary.images)) images in \(Format.bytes(size))"
    StandardStreams.write(
      isPacked
        ? "\(output) holds \(data) as it is: \(what). Nothing was written.\n"
        : "\(output): \(what). It is data for every command: steelyard train \(ShellWord.quoted(output))\n"
    )
  }

  /// The data with all images read once: what train would refuse is refused here.
  private func prepared(_ options: TrainOptions) throws -> Dataset {
    var dataset = try Dataset.open(data, options, takesLabels: true)
    ReadingText.lines(dataset.reading).forEach(report.note)
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let survey = Survey.kept(
      dataset, of: data, threads: threads, fingerprints: false, isFresh: options.rehash)
    try survey.problems(of: dataset).check()
    dataset.note(survey)
    if try DataPacking(dataset, shorterSide: shorterSide).lacksScale(survey) {
      throw OptionError.conflict(
        "shorter-side: it packs 8-bit pixels, and samples of these images are larger; name the values that become black and"
          + " white with --intensity, or leave --shorter-side out")
    }
    return dataset
  }

  /// Refuses to write over an archive or an image that is read, or to put a shard more into a folder of shards.
  private func checkOutput(_ dataset: Dataset) throws {
    var read = Set(dataset.examples.map { FilePath.absolute($0.file) })
    for example in dataset.examples {
      if case .file(let path) = example.source { read.insert(path) }
    }
    let target = FilePath.absolute(output)
    let state = FileState(of: output)
    let isRead =
      read.contains(target)
      || dataset.layout == .shards && state != nil
        && Set(dataset.examples.map(\.file)).contains { FileState(of: $0) == state }
    guard !isRead else {
      throw OptionError.conflict(
        "output: \(output) is read here and would be written over; choose another name")
    }
    if dataset.layout == .shards, FilePath.isFolder(data),
      FilePath.folder(of: target) == FilePath.absolute(data)
    {
      throw OptionError.conflict(
        "output: \(output) would lie among the shards of \(data); choose another folder")
    }
  }

  /// Refuses to replace a file that is no packed file of at least one of these images, as any other archive of the user.
  private func checkReplaced(_ dataset: Dataset) throws(OptionError) {
    guard FileManager.default.fileExists(atPath: output) else { return }
    let own = Set(dataset.examples.compactMap(\.digest))
    if let found = try? PackedFile(path: output),
      (0..<found.count).contains(where: { own.contains(found.record($0).digest) })
    {
      return
    }
    throw .conflict(
      "output: \(output) exists and is no packed file of these images; remove it, or choose another name"
    )
  }

  private func write(_ packing: DataPacking, of dataset: Dataset) throws {
    let clock = ContinuousClock()
    var last = clock.now
    let threads = ProcessInfo.processInfo.activeProcessorCount
    try packing.write(to: output, threads: threads) { done, all in
      guard last.duration(to: clock.now) / .seconds(1) >= 5 else { return }
      report.note("pack: \(Format.count(done)) of \(Format.count(all)) images")
      last = clock.now
    }
  }
}
