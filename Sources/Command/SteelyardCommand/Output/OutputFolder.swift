import Files
import Foundation
import Runs

/// The folder of `--output` of a command that writes several files.
enum OutputFolder {
  /// Makes a folder where it was not there.
  ///
  /// - Throws: `OptionError.conflict` where it cannot be made.
  static func make(_ folder: String) throws {
    do {
      try RunDirectory.makeFolder(folder)
    } catch RunError.cannotCreate(let path, let reason) {
      throw cannotWrite(path, reason)
    }
  }

  /// Makes a folder, takes it and lets it go at once: what cannot be written to is told before the work, not after it.
  ///
  /// - Throws: `OptionError.conflict` where it cannot be made or written to; `FolderClaimError.busy` where another process
  ///   writes there now.
  static func tryOut(_ folder: String) throws {
    try make(folder)
    _ = try FolderClaim(folder)
    guard FileManager.default.isWritableFile(atPath: folder) else {
      throw cannotWrite(folder, "there is no right to write in it")
    }
  }

  /// Makes a folder and takes it. A command that begins has it for an instant, to try it; that is no reason to lose the work of
  /// this one, so a folder that is taken is asked for a second time.
  ///
  /// - Throws: `OptionError.conflict` where it cannot be made; `FolderClaimError.busy` where another process writes there now.
  static func claim(_ folder: String) throws -> FolderClaim {
    try make(folder)
    if let claim = try? FolderClaim(folder) { return claim }
    Thread.sleep(forTimeInterval: 0.2)
    return try FolderClaim(folder)
  }

  private static func cannotWrite(_ folder: String, _ reason: String) -> OptionError {
    .conflict(
      "output: \(folder) cannot be written to: \(reason); name another folder with --output")
  }
}
