// swift-tools-version:6.1
import Foundation
import PackageDescription

// The layers, lowest first. A layer may import only what it names; everything it names stands above it.
// `swift build --explicit-target-dependency-import-check error` (in Scripts/check) enforces the arrows.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Every layer may stand on `Requirements`, which stands on nothing.
func layer(_ name: String, on lower: Target.Dependency...) -> Target {
  .target(name: name, dependencies: ["Requirements"] + lower, swiftSettings: strict)
}

/// The targets of a floor, each in the folder of the floor.
func floor(_ name: String, _ targets: [Target]) -> [Target] {
  for target in targets {
    target.path = "\(target.type == .test ? "Tests" : "Sources")/\(name)/\(target.name)"
  }
  return targets
}

func tests(
  of names: String..., products: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: names[0] + "Tests",
    dependencies: ["TestSupport"] + (names.contains("Torch") ? ["TorchTestSupport"] : [])
      + names.map { .byName(name: $0) } + products,
    resources: resources, swiftSettings: strict)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let ordered = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")

// Each floor stands on those before it; `Sources/` and `Tests/` have a folder for each.

let base = floor(
  "Base",
  [
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CGLib", pkgConfig: "glib-2.0", providers: [.apt(["libglib2.0-dev"]), .brew(["glib"])]),
    .target(name: "CDigest", dependencies: ["CGLib"]),
    .target(name: "Requirements", swiftSettings: strict),
    layer("Randomness"),
    layer("Parallel"),
    layer("Files", on: "CZlib", "CDigest"),
    layer("Console"),
    layer("Boosting", on: "Files"),
    tests(of: "Requirements"),
    tests(of: "Randomness"),
    tests(of: "Parallel"),
    tests(of: "Files", "Randomness"),
    tests(of: "Console"),
    tests(of: "Boosting", "Files"),
  ])

let data = floor(
  "Data",
  [
    .systemLibrary(
      name: "CTurboJPEG", pkgConfig: "libturbojpeg",
      providers: [.apt(["libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]),
    .systemLibrary(
      name: "CVips", pkgConfig: "vips", providers: [.apt(["libvips-dev"]), .brew(["vips"])]),
    .target(name: "CImaging", dependencies: ["CTurboJPEG", "CVips"]),
    layer("Imaging", on: "CImaging", "Files", "Randomness"),
    layer("Sampling", on: "Randomness"),
    layer("Datasets", on: "Parallel", "Files", "Imaging", "Randomness", "Sampling"),
    tests(of: "Imaging", "Files", "Randomness"),
    tests(of: "Sampling", "Files", "Randomness"),
    tests(of: "Datasets", "Files", "Imaging", "Randomness", "Sampling"),
  ])

let judging = floor(
  "Judging",
  [
    layer("Evaluation", on: "Files", "Randomness"),
    layer("Studies", on: "Randomness"),
    layer("Uncertainty", on: "Parallel", "Evaluation", "Randomness"),
    layer("Decisions", on: "Evaluation", "Files", "Randomness", "Uncertainty"),
    layer(
      "Audit", on: "Parallel", "Imaging", "Evaluation", "Uncertainty", "Files", "Randomness"),
    layer("Curation", on: "Audit", "Files", "Randomness"),
    layer(
      "Targets", on: "Evaluation", "Uncertainty", "Decisions", "Files"),
    layer("Runs", on: "Evaluation", "Uncertainty", "Decisions", "Files", "Datasets"),
    layer(
      "Reports", on: "Runs", "Targets", "Evaluation", "Uncertainty", "Decisions", "Audit",
      "Curation", "Files", "Datasets", "Imaging", "Randomness"),
    tests(of: "Evaluation", "Files", "Randomness"),
    tests(of: "Studies", "Randomness"),
    tests(of: "Audit", "Imaging", "Evaluation", "Uncertainty", "Files", "Randomness"),
    tests(of: "Curation", "Audit", "Datasets", "Imaging", "Files", "Randomness"),
    tests(of: "Uncertainty", "Parallel", "Evaluation", "Decisions", "Files", "Randomness"),
    tests(of: "Decisions", "Evaluation", "Files", "Randomness", "Uncertainty"),
    tests(
      of: "Targets", "Evaluation", "Uncertainty", "Decisions", "Files", "Randomness"),
    tests(
      of: "Runs", "Evaluation", "Uncertainty", "Decisions", "Files", "Datasets", "Randomness"),
    tests(
      of: "Reports", "Runs", "Targets", "Evaluation", "Uncertainty", "Decisions", "Audit",
      "Curation",
      "Files", "Datasets", "Imaging", "Randomness"),
  ])

// The one layer of learning without libtorch.
let regression = floor(
  "Learning",
  [
    layer("Ordinal", on: "Randomness", "Decisions"),
    tests(of: "Ordinal", "Randomness"),
  ])

// From here on everything stands on libtorch. Only `Torch` may import `CTorch`.
let engine = floor(
  "Engine",
  [
    // What loads libctorch; Scripts/ctorch compiles that from the rest of the folder.
    .target(name: "CTorch", exclude: ["ctorch.cpp", "parts"]),
    layer("Torch", on: "CTorch"),
    layer("Weights", on: "Torch", "Files", ordered),
    layer("Networks", on: "Torch", "Weights", "Boosting", ordered),
    layer("Batches", on: "Torch", "Networks", "Datasets", "Imaging", "Sampling", "Randomness"),
    layer("Optimizers", on: "Torch"),
    layer("Schedules"),
    tests(of: "Torch"),
    tests(of: "Weights", "Torch", "Files", "Randomness", products: [ordered]),
    tests(of: "Networks", "Torch", "Weights", products: [ordered]),
    tests(of: "Batches", "Torch", "Networks", "Datasets", "Imaging", "Randomness", "Sampling"),
    tests(of: "Optimizers", "Torch"),
    tests(of: "Schedules"),
  ])

let learning = floor(
  "Learning",
  [
    layer("Losses", on: "Torch", "Batches", "Sampling", "Randomness"),
    layer(
      "Mixing", on: "Torch", "Networks", "Batches", "Sampling", "Randomness", "Uncertainty"),
    layer(
      "Plans", on: "Torch", "Networks", "Batches", "Losses", "Mixing", "Sampling", "Randomness",
      "Decisions", "Ordinal", "Boosting"),
    layer(
      "Methods", on: "Networks", "Batches", "Losses", "Mixing", "Plans", "Sampling", "Ordinal",
      "Boosting"),
    layer(
      "Sessions", on: "Torch", "Weights", "Networks", "Optimizers", "Plans", "Losses", "Batches",
      "Sampling", "Randomness", ordered),
    layer(
      "Gauss", on: "Torch", "Networks", "Optimizers", "Plans", "Sessions", "Batches", "Sampling",
      "Randomness"),
    layer(
      "Inference", on: "Torch", "Weights", "Networks", "Batches", "Plans", "Randomness", "Datasets",
      "Imaging", "Sampling", "Evaluation", "Decisions", "Targets", "Files", ordered),
    layer(
      "Training", on: "Torch", "Weights", "Networks", "Optimizers", "Schedules", "Plans",
      "Sessions", "Batches", "Datasets", "Imaging", "Sampling", "Randomness", "Evaluation",
      "Targets", "Runs", "Files", "Inference", ordered),
    tests(of: "Losses", "Torch", "Batches", "Randomness", "Sampling"),
    tests(of: "Mixing", "Torch", "Networks", "Batches", "Sampling", "Randomness"),
    tests(
      of: "Plans", "Torch", "Networks", "Batches", "Losses", "Mixing", "Sampling", "Randomness",
      "Ordinal", "Boosting"),
    tests(
      of: "Methods", "Torch", "Networks", "Batches", "Losses", "Mixing", "Plans", "Sampling",
      "Randomness", "Files"),
    tests(
      of: "Sessions", "Torch", "Weights", "Networks", "Optimizers", "Batches", "Losses", "Mixing",
      "Plans", "Methods", "Inference", "Sampling", "Randomness", products: [ordered]),
    tests(
      of: "Gauss", "Torch", "Networks", "Plans", "Methods", "Sessions", "Inference", "Batches",
      "Losses", "Mixing", "Optimizers", "Sampling", "Randomness", "Files"),
    tests(
      of: "Inference", "Torch", "Weights", "Networks", "Batches", "Datasets", "Imaging",
      "Evaluation", "Files", "Randomness", products: [ordered]),
    tests(
      of: "Training", "Torch", "Weights", "Networks", "Optimizers", "Schedules", "Plans",
      "Methods", "Batches", "Datasets", "Imaging", "Sampling", "Randomness", "Evaluation",
      "Targets",
      "Runs", "Files", "Inference"),
  ])

let command = floor(
  "Command",
  [
    layer(
      "SteelyardCommand", on: "Torch", "Weights", "Networks", "Optimizers", "Schedules", "Losses",
      "Mixing", "Plans", "Methods", "Batches", "Datasets", "Imaging", "Sampling", "Randomness",
      "Evaluation", "Uncertainty", "Decisions", "Targets", "Studies", "Audit", "Curation", "Runs",
      "Reports",
      "Files",
      "Inference", "Training", "Gauss", "Parallel", "Console", arguments, yams),
    .executableTarget(
      name: "steelyard", dependencies: ["SteelyardCommand"], swiftSettings: strict),
    tests(
      of: "SteelyardCommand", "Batches", "Console", "Gauss", "Inference", "Training", "Schedules",
      "Losses",
      "Methods",
      "Plans",
      "Sampling", "Files", "Datasets",
      "Imaging", "Randomness", "Evaluation", "Uncertainty", "Decisions", "Targets", "Runs",
      "Reports",
      "Audit", "Curation", "Weights", "Networks", "Torch", "Boosting",
      products: [arguments, ordered]),
  ])

let pure =
  [
    Target.target(
      name: "TestSupport", dependencies: ["Randomness", "Files", "CZlib"],
      path: "Tests/TestSupport",
      swiftSettings: strict)
  ] + base + data + judging + regression
let onTorch =
  [
    Target.target(
      name: "TorchTestSupport", dependencies: ["TestSupport", "Torch"],
      path: "Tests/TorchTestSupport", swiftSettings: strict)
  ] + engine + learning + command

/// `STEELYARD_WITHOUT_TORCH=1 swift test` leaves the engine out: evaluation, data and image layers only.
let withoutTorch = ProcessInfo.processInfo.environment["STEELYARD_WITHOUT_TORCH"] == "1"

let libraries = (withoutTorch ? pure : pure + onTorch).filter {
  $0.type == .regular && !$0.name.hasPrefix("C") && !$0.name.hasSuffix("TestSupport")
    && $0.name != "SteelyardCommand" || $0.name == "Console"
}

let package = Package(
  name: "steelyard",
  platforms: [.macOS(.v15)],
  products: libraries.map { .library(name: $0.name, targets: [$0.name]) }
    + (withoutTorch ? [] : [.executable(name: "steelyard", targets: ["steelyard"])]),
  dependencies: withoutTorch
    ? []
    : [
      .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
      .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
      .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
  targets: withoutTorch ? pure : pure + onTorch
)
