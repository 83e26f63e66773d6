import Foundation

/// The built `steelyard` below a shell that first limits what it may do.
extension Programme {
  /// Runs a shell script in `folder`; `$STEELYARD` is the programme.
  static func shell(_ script: String, in folder: String) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.environment = ProcessInfo.processInfo.environment.merging(["STEELYARD": path]) { $1 }
    return try finish(process, in: folder)
  }

  /// Whether a script succeeds in a mount namespace of its own, where file systems can be put in place
  /// that nobody else sees: as root, or where users may make such namespaces.
  static let canMount: Bool = {
    let folder = FileManager.default.temporaryDirectory.path
    let result = try? shell("unshare -rm mount -t tmpfs -o size=64k tmpfs /mnt", in: folder)
    return result?.status == 0
  }()
}
