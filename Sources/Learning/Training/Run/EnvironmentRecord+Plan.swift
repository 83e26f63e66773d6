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
  ///
  /// - Parameter folder: the top of a working tree.
  /// - Returns: the commit that is checked out; `nil` where the folder is no working tree, or has none yet.
  package static func gitRevision(in folder: String = ".") -> String? {
    func text(_ path: String) -> String? {
      (try? String(contentsOfFile: path, encoding: .utf8))?
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
    func place(_ path: String, from base: String) -> String {
      path.hasPrefix("/") ? path : "\(base)/\(path)"
    }
    var git = "\(folder)/.git"
    // A further working tree, or a submodule: a file that names the folder.
    if let link = text(git), link.hasPrefix("gitdir: ") {
      git = place(String(link.dropFirst(8)), from: folder)
    }
    guard let line = text("\(git)/HEAD") else { return nil }
    guard line.hasPrefix("ref: ") else { return line.isEmpty ? nil : line }
    let name = String(line.dropFirst(5))
    let common = text("\(git)/commondir").map { place($0, from: git) } ?? git
    for base in [git, common] {
      if let revision = text("\(base)/\(name)"), !revision.isEmpty { return revision }
    }
    // `git gc` and `git clone` keep references together in one file: a line each, "REVISION NAME".
    let packed = text("\(common)/packed-refs")?.split(separator: "\n") ?? []
    return packed.first { $0.hasSuffix(" \(name)") }.map { String($0.prefix { $0 != " " }) }
  }
}
