// swift-tools-version:6.1
import PackageDescription

// Our side of the benchmarks; Benchmarks/run builds it and alternates it with peers/*.py.

func library(_ name: String) -> Target.Dependency { .product(name: name, package: "steelyard") }

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "steelyard", path: "..")],
  targets: [
    .executableTarget(
      name: "bench",
      dependencies: [
        "Batches", "Datasets", "Evaluation", "Imaging", "Inference", "Methods", "Networks",
        "Optimizers", "Plans", "Randomness", "Schedules", "Torch", "Training",
      ].map(library))
  ]
)
