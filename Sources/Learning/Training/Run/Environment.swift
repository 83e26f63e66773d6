import Files
import Foundation
import Imaging
import Torch

/// The machine and the versions a run was made with: `environment.json`.
public struct Environment: Codable, Sendable, Equatable {
  /// Version of Steelyard.
  public var steelyard: String
  /// Git revision of the working directory, where it is a checkout.
  public var revision: String?
  /// Version of libtorch.
  public var libtorch: String
  /// Version of TurboJPEG.
  public var turboJPEG: String
  /// Version of libvips.
  public var vips: String
  /// Name and version of the operating system.
  public var system: String
  /// The processor, as the system names it.
  public var processor: String
  /// Widest instruction set the engine uses.
  public var instructions: String
  /// Cores the system offers.
  public var cores: Int
  /// Threads an operation may use.
  public var threads: Int
  /// Where the run computed.
  public var device: String
  /// Element type of matrix products.
  public var precision: String
  /// Seed of all randomness.
  public var seed: UInt64

  /// The environment of this process, for a run of `plan`.
  public init(version: String, plan: TrainingPlan) {
    steelyard = version
    revision = Self.gitRevision()
    libtorch = Engine.version
    turboJPEG = ImageLibraries.turboJPEGVersion
    vips = ImageLibraries.vipsVersion
    system = ProcessInfo.processInfo.operatingSystemVersionString
    processor = Self.processorName()
    instructions = Engine.instructions
    cores = ProcessInfo.processInfo.activeProcessorCount
    threads = Engine.threads
    device = plan.device.description
    precision = (plan.autocast ?? .float32).description
    seed = plan.seed
  }

  private static func processorName() -> String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
      ?? "unknown"
  }

  /// Reads `.git` directly: a run must not depend on a `git` command being there.
  private static func gitRevision() -> String? {
    guard let head = try? String(contentsOfFile: ".git/HEAD", encoding: .utf8) else { return nil }
    let line = head.trimmingCharacters(in: .whitespacesAndNewlines)
    guard line.hasPrefix("ref: ") else { return line }
    let reference = try? String(contentsOfFile: ".git/" + line.dropFirst(5), encoding: .utf8)
    return reference?.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
