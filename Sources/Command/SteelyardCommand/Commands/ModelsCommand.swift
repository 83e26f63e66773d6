import ArgumentParser
import Networks

/// `steelyard models`
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "List the networks with their parameters, multiply-adds and where they come from.")

  @Option(parsing: .unconditional, help: "Classes of the last layer.")
  var classes = 1000

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Count multiply-adds of networks of images for square ones of this side (default: each network's own); above 1024 that takes minutes and gigabytes.",
      valueName: "pixels"))
  var imgSize: Int?

  /// Last layers are made to be counted, so that their memory bounds the classes; the side is that of `train`.
  private static let (mostClasses, largestSide) = (100_000, 16384)

  @Flag(help: "Print the list as JSON.")
  var json = false

  mutating func validate() throws {
    if classes < 1 { throw ValidationError("--classes: expected at least 1, got \(classes).") }
    if classes > Self.mostClasses {
      throw ValidationError("--classes: expected at most \(Self.mostClasses), got \(classes).")
    }
    if let imgSize, imgSize < 8 {
      throw ValidationError("--img-size: expected at least 8, got \(imgSize).")
    }
    if let imgSize, imgSize > Self.largestSide {
      throw ValidationError("--img-size: expected at most \(Self.largestSide), got \(imgSize).")
    }
  }

  mutating func run() throws {
    let listings = Architectures.all.map {
      ModelListing($0, classes: classes, imageSize: imgSize)
    }
    if json {
      try StandardStreams.json(listings)
    } else {
      StandardStreams.write(ModelListing.text(listings, style: StandardStreams.style))
    }
  }
}
