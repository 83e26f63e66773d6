// swift-tools-version:6.1
import Foundation
import PackageDescription

// Our side of the benchmarks; Benchmarks/run, Benchmarks/intervals and Benchmarks/manifest build it and put it beside peers/*.py.
// With STEELYARD_WITHOUT_TORCH=1 only what needs no engine.

func library(_ name: String) -> Target.Dependency { .product(name: name, package: "steelyard") }

let intervals = Target.executableTarget(
  name: "bench-intervals", dependencies: ["Evaluation", "Files", "Uncertainty"].map(library))

let manifest = Target.executableTarget(
  name: "bench-manifest",
  dependencies: ["Datasets", "Files", "Randomness", "Sampling"].map(library))

let bench = Target.executableTarget(
  name: "bench",
  dependencies: [
    "Batches", "Datasets", "Evaluation", "Imaging", "Inference", "Losses", "Methods", "Networks",
    "Optimizers", "Plans", "Randomness", "Sampling", "Schedules", "Torch", "Training",
  ].map(library))

let withoutTorch = ProcessInfo.processInfo.environment["STEELYARD_WITHOUT_TORCH"] == "1"

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "steelyard", path: "..")],
  targets: withoutTorch ? [intervals, manifest] : [bench, intervals, manifest]
)
