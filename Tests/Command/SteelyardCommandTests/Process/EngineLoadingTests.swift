import Files
import Foundation
import TestSupport
import Testing

/// libctorch, and libtorch with it, is loaded by what computes with tensors, and by nothing else.
///
/// The system looks into `LD_LIBRARY_PATH` before the run-time path of a program.
@Suite(
  .enabled(if: Programme.isBuilt, "the programme is not built"),
  .enabled(if: isLinux, "the system is not Linux"))
struct EngineLoadingTests {
  private static let table =
    "x,y,label\n" + (0..<40).map { "\($0),\($0 % 7),\($0 < 30 ? "a" : "b")\n" }.joined()
  private static let predictions =
    "id,label,p_a,p_b\n"
    + (0..<40).map { "\($0),\($0 < 30 ? "a,0.8,0.2" : "b,0.4,0.6")\n" }.joined()

  /// Runs `arguments` where `library` is found as libctorch, beside a table and predictions.
  private func run(_ arguments: [String], finding library: Data) throws -> Programme.Result {
    try withTemporaryFolder { folder in
      try library.write(to: URL(fileURLWithPath: FilePath.join(folder, "libctorch.so")))
      try AtomicFile.write(Self.table, to: FilePath.join(folder, "table.csv"))
      try AtomicFile.write(Self.predictions, to: FilePath.join(folder, "predictions.csv"))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Programme.path)
      process.arguments = arguments
      process.environment = ProcessInfo.processInfo.environment.merging(
        ["LD_LIBRARY_PATH": folder]) { $1 }
      return try Programme.finish(process, in: folder)
    }
  }

  private static let damaged = Data("no library\n".utf8)

  @Test(arguments: [
    ["--help"], ["--version"], ["train", "--help"], ["methods"], ["methods", "balanced-mixup"],
    ["inspect", "table.csv", "--input", "features"], ["evaluate", "predictions.csv"],
  ]) func startsWithoutIt(_ arguments: [String]) throws {
    let ended = try run(arguments, finding: Self.damaged)
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(!ended.output.isEmpty)
  }

  @Test func aDamagedOneIsNamedWithWhatToDo() throws {
    let ended = try run(["demo", "--gauss"], finding: Self.damaged)
    #expect(ended.status == 1)
    #expect(ended.errors.hasPrefix("Error: the engine cannot be loaded: "))
    #expect(ended.errors.contains("libctorch.so: file too short"))
    #expect(ended.errors.hasSuffix("; type `make build` in the checkout of steelyard\n"))
  }

  @Test func oneOfOtherSourcesIsRefused() throws {
    // A file without a size: it must be read to its end.
    let file = try #require(FileHandle(forReadingAtPath: "/proc/self/maps"))
    let maps = String(decoding: try #require(try file.readToEnd()), as: UTF8.self)
    let line = try #require(maps.split(separator: "\n").first { $0.contains("/libz.so") })
    let zlib = try #require(line.split(separator: " ").last)
    let library = try Data(contentsOf: URL(fileURLWithPath: String(zlib)))
    let ended = try run(["doctor"], finding: library)
    #expect(ended.status == 2)
    #expect(
      ended.output.hasPrefix(
        "failed   libtorch     libctorch.so was compiled from other sources than this program\n"))
    #expect(ended.output.contains("→ make build, in the checkout of steelyard\n"))
  }
}

private let isLinux: Bool = {
  #if os(Linux)
    true
  #else
    false
  #endif
}()
