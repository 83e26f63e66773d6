import Datasets
import Files
import Foundation
import Imaging
import TestSupport
import Testing

/// The survey of many images is kept in the user's cache.
@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct KeptSurveyTests {
  private func inspect(_ more: [String], in folder: String) throws -> Programme.Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Programme.path)
    process.arguments = ["inspect", "photos", "--json"] + more
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["XDG_CACHE_HOME": folder + "/cache"]
    ) { $1 }
    return try Programme.finish(process, in: folder)
  }

  @Test func ofManyImages() throws {
    try withTemporaryFolder { folder in
      for number in 0..<SurveyCache.least {
        let path = "\(folder)/photos/\(number % 2 == 0 ? "a" : "b")/\(number).png"
        try FileManager.default.createDirectory(
          atPath: FilePath.folder(of: path), withIntermediateDirectories: true)
        let pixels = (0..<12).map { UInt8(truncatingIfNeeded: number * (7 + $0) / 3) }
        let image = Image(width: 2, height: 2, channels: 3, pixels: pixels)
        try Data(PNG.encode(image)).write(to: URL(fileURLWithPath: path))
      }
      usleep(2_100_000)
      let first = try inspect([], in: folder)
      #expect(first.status == 0, "\(first.errors)")
      let surveys = folder + "/cache/steelyard/surveys"
      let files = try FileManager.default.contentsOfDirectory(atPath: surveys)
      #expect(files.count == 1)
      let path = "\(surveys)/\(files[0])"
      let kept = try FileBytes.read(path)
      #expect(try inspect([], in: folder).output == first.output)
      // Whoever believes the file says what stands in it.
      let wide = String(decoding: kept, as: UTF8.self).replacing(",2,2,3,", with: ",9,2,3,")
      try AtomicFile.write(wide, to: path)
      let believed = try inspect([], in: folder)
      #expect(believed.output != first.output && believed.output.contains("9"))
      #expect(try inspect(["--rehash"], in: folder).output == first.output)
      #expect(try FileBytes.read(path) == kept)
    }
  }
}
