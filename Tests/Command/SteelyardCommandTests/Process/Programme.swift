import Foundation
import Testing

/// The built `steelyard`, run as a user runs it.
enum Programme {
  /// It lies beside the tests.
  static var path: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("steelyard").path
  }

  static var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: path) }

  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Starts it and returns at once; output goes to files in `folder`.
  static func start(_ arguments: [String], in folder: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    try start(process, in: folder)
    return process
  }

  private static func start(_ process: Process, in folder: String) throws {
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try sink("out", in: folder)
    process.standardError = try sink("err", in: folder)
    try process.run()
  }

  /// Runs it to its end.
  static func run(_ arguments: [String], in folder: String) throws -> Result {
    try wait(for: start(arguments, in: folder), in: folder)
  }

  /// Starts a process that is set up already, and runs it to its end.
  static func finish(_ process: Process, in folder: String) throws -> Result {
    try start(process, in: folder)
    return try wait(for: process, in: folder)
  }

  private static func wait(for process: Process, in folder: String) throws -> Result {
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: try text("out", in: folder),
      errors: try text("err", in: folder))
  }

  private static func sink(_ name: String, in folder: String) throws -> FileHandle {
    let file = URL(fileURLWithPath: folder).appendingPathComponent(name)
    try Data().write(to: file)
    return try FileHandle(forWritingTo: file)
  }

  private static func text(_ name: String, in folder: String) throws -> String {
    try String(
      contentsOf: URL(fileURLWithPath: folder).appendingPathComponent(name), encoding: .utf8)
  }
}
