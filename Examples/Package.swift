// swift-tools-version:6.1
import PackageDescription

// Programs on the library products, as another package would write them. Build from the root of the checkout:
//
//   eval "swift build --package-path Examples $(make -s swiftflags)"

let steelyard = Package.Dependency.package(name: "steelyard", path: "..")

func library(_ name: String) -> Target.Dependency { .product(name: name, package: "steelyard") }

let examples = ["LabelMass", "AddALoss", "AddAMethod"]

/// An example of the documents: one file, compiled and run by Scripts/check, which compares its text and its
/// output with the block in the document.
func documented(_ name: String, on libraries: String...) -> Target {
  .executableTarget(
    name: name, dependencies: libraries.map(library), path: "Documentation",
    exclude: examples.filter { $0 != name }.map { "\($0).swift" }, sources: ["\(name).swift"])
}

let package = Package(
  name: "Examples",
  platforms: [.macOS(.v15)],
  dependencies: [steelyard],
  targets: [
    documented("LabelMass", on: "Methods", "Plans", "Sampling"),
    documented("AddALoss", on: "Losses", "Torch"),
    documented("AddAMethod", on: "Losses", "Plans", "Sampling"),
    .executableTarget(
      name: "TrainFromLibrary",
      dependencies: [
        "Batches", "Evaluation", "Imaging", "Inference", "Methods", "Optimizers", "Plans",
        "Randomness", "Schedules", "Torch", "Training",
      ].map(library), path: "TrainFromLibrary"),
    .executableTarget(
      name: "OwnNetwork",
      dependencies: [
        "Batches", "Losses", "Networks", "Optimizers", "Plans", "Randomness", "Sampling",
        "Sessions", "Torch",
      ].map(library), path: "OwnNetwork"),
    .executableTarget(
      name: "PointSets",
      dependencies: [
        "Batches", "Losses", "Mixing", "Networks", "Optimizers", "Plans", "Randomness", "Sampling",
        "Sessions", "Torch",
      ].map(library), path: "PointSets"),
  ]
)
