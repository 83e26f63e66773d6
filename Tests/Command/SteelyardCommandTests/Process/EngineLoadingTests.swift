import Files
import Foundation
import TestSupport
import Testing
import Torch

/// libctorch, and libtorch with it, is loaded by what computes with tensors, and by nothing else.
///
/// The system looks into `LD_LIBRARY_PATH` before the run-time paths of programs and libraries.
@Suite(
  .enabled(if: Programme.isBuilt, "the programme is not built"),
  .enabled(if: isLinux, "the system is not Linux"))
struct EngineLoadingTests {
  private static let table =
    "x,y,label\n" + (0..<40).map { "\($0),\($0 % 7),\($0 < 30 ? "a" : "b")\n" }.joined()
  private static let predictions =
    "id,label,p_a,p_b\n"
    + (0..<40).map { "\($0),\($0 < 30 ? "a,0.8,0.2" : "b,0.4,0.6")\n" }.joined()
  private static let damaged = Data("no library\n".utf8)

  /// Runs `arguments` where these `libraries` are found first, beside a table and predictions.
  private func run(_ arguments: [String], finding libraries: [String: Data]) throws
    -> Programme.Result
  {
    try withTemporaryFolder { folder in
      for (name, bytes) in libraries {
        try bytes.write(to: URL(fileURLWithPath: FilePath.join(folder, name)))
      }
      try AtomicFile.write(Self.table, to: FilePath.join(folder, "table.csv"))
      try AtomicFile.write(Self.predictions, to: FilePath.join(folder, "predictions.csv"))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Programme.path)
      process.arguments = arguments
      var environment = ProcessInfo.processInfo.environment
      environment["LD_LIBRARY_PATH"] = [folder, environment["LD_LIBRARY_PATH"]]
        .compactMap(\.self).joined(separator: ":")
      process.environment = environment
      return try Programme.finish(process, in: folder)
    }
  }

  @Test(arguments: [
    ["--help"], ["--version"], ["train", "--help"], ["methods"], ["methods", "balanced-mixup"],
    ["inspect", "table.csv", "--input", "features"], ["evaluate", "predictions.csv"],
  ]) func startsWithoutIt(_ arguments: [String]) throws {
    let names = ["libctorch.so", "libtorch.so", "libtorch_cpu.so", "libc10.so"]
    let ended = try run(
      arguments, finding: Dictionary(uniqueKeysWithValues: names.map { ($0, Self.damaged) }))
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(!ended.output.isEmpty)
  }

  /// What begins with the engine, and what comes to it on the way.
  @Test(arguments: [["train", "table.csv", "--input", "features"], ["demo", "--gauss"]])
  func aDamagedOneIsNamedWithWhatToDo(_ arguments: [String]) throws {
    let ended = try run(arguments, finding: ["libctorch.so": Self.damaged])
    #expect(ended.status == 1)
    #expect(ended.errors.contains("Error: the engine cannot be loaded: "), "\(ended.errors)")
    #expect(ended.errors.contains("libctorch.so: file too short"))
    #expect(ended.errors.hasSuffix("; type `make engine` in the checkout of steelyard\n"))
  }

  @Test func oneOfAnotherHeaderIsRefused() throws {
    #expect(Engine.problem == nil)
    // A file without a size: it must be read to its end.
    let file = try #require(FileHandle(forReadingAtPath: "/proc/self/maps"))
    let maps = String(decoding: try #require(try file.readToEnd()), as: UTF8.self)
    let line = try #require(maps.split(separator: "\n").first { $0.contains("/libctorch.so") })
    let path = try #require(line.firstIndex(of: "/").map { String(line[$0...]) })
    var library = try Data(contentsOf: URL(fileURLWithPath: path))
    let words = try #require(library.range(of: Data("A thin C face of libtorch".utf8)))
    library[words.lowerBound] = UInt8(ascii: "B")
    let ended = try run(["doctor"], finding: ["libctorch.so": library])
    #expect(ended.status == 2)
    #expect(
      ended.output.hasPrefix(
        "failed   libtorch     libctorch.so was compiled with another ctorch.h than this program\n"
      ), "\(ended.output)")
    #expect(ended.output.contains("→ make engine, in the checkout of steelyard\n"))
  }
}

private let isLinux: Bool = {
  #if os(Linux)
    true
  #else
    false
  #endif
}()
