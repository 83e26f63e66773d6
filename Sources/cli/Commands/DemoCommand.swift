import ArgumentParser
import Foundation

/// `steelyard demo`
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Draw a small long-tailed image set and train two methods on it, side by side.",
    discussion: "Takes a few minutes on two cores. Everything stays in one folder.")

  @Option(
    name: [.long, .customLong("output-dir")],
    help: ArgumentHelp("Folder for images and runs.", valueName: "folder"))
  var output = "demo"

  @Option(help: "Seed of images and training.")
  var seed = 0

  @OptionGroup(title: "Reporting") var report: ReportFlags

  mutating func validate() throws {
    if seed < 0 { throw ValidationError("--seed: expected at least 0, got \(seed).") }
  }

  mutating func run() throws {
    let folder = DemoFolder(output)
    let set = DemoSet(seed: UInt64(seed))
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let drawn = try folder.draw(set, threads: threads)
    StandardStreams.note(
      drawn
        ? "drew \(set.pictures.count) images into \(folder.images)"
        : "\(folder.images) is there already")
  }
}
