import Foundation

/// The command as it was built beside these tests, run as a person would.
enum BuiltCommand {
  struct Ended {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Beside the test programme; in the package's build folder where the runner lives elsewhere.
  static var path: String {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("steelyard").path
    if FileManager.default.isExecutableFile(atPath: beside) { return beside }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../.build/release/steelyard").path
  }

  /// Starts the command with its output in two files of `folder`.
  static func start(_ arguments: [String], in folder: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    // Files, not pipes: nobody has to read while the process runs.
    for name in ["out", "err"] {
      FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: nil)
    }
    process.standardOutput = FileHandle(forWritingAtPath: folder + "/out")
    process.standardError = FileHandle(forWritingAtPath: folder + "/err")
    try process.run()
    return process
  }

  /// What a process that has ended left in `folder`.
  static func ended(_ process: Process, in folder: String) throws -> Ended {
    process.waitUntilExit()
    return Ended(
      status: process.terminationStatus,
      output: try String(contentsOfFile: folder + "/out", encoding: .utf8),
      errors: try String(contentsOfFile: folder + "/err", encoding: .utf8))
  }

  static func run(_ arguments: String..., in folder: String) throws -> Ended {
    try ended(start(arguments, in: folder), in: folder)
  }
}
