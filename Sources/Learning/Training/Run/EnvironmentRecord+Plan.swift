import Foundation
import Imaging
public import Runs
import Torch

extension EnvironmentRecord {
  /// The environment of this process, for a run of `plan`.
  public init(version: String, plan: TrainingPlan) {
    self.init(
      steelyard: version, revision: Self.gitRevision(), libtorch: Engine.version,
      turboJPEG: ImageLibraries.turboJPEGVersion, vips: ImageLibraries.vipsVersion,
      system: ProcessInfo.processInfo.operatingSystemVersionString,
      processor: Self.processorName(), instructions: Engine.instructions,
      cores: ProcessInfo.processInfo.activeProcessorCount, threads: Engine.threads,
      device: plan.device.description, precision: (plan.autocast ?? .float32).description,
      seed: plan.seed)
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
