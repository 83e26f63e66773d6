import Files
import Foundation
import Reports
import Testing

/// Pages to be looked at: `STEELYARD_LOOK=folder` writes them there; `STEELYARD_RUNS=run:run` adds real ones.
@Suite struct LookTests {
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["STEELYARD_LOOK"] != nil, "set STEELYARD_LOOK")
  )
  func pages() throws {
    let environment = ProcessInfo.processInfo.environment
    let folder = try #require(environment["STEELYARD_LOOK"])
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let write = { (document: ReportDocument, name: String) in
      try AtomicFile.write(document.html(), to: FilePath.join(folder, name + ".html"))
      try AtomicFile.write(document.modelCard(), to: FilePath.join(folder, name + ".md"))
      try JSONFile.write(document, to: FilePath.join(folder, name + ".json"))
    }
    for count in [2, 23, 100] {
      try write(
        ReportDocument([Samples.contents(classes: Samples.names(count), count: 20 * count)]),
        "classes-\(count)")
    }
    try write(
      ReportDocument([Samples.contents(classes: Samples.hostile, hasRule: true)]), "hostile")
    try write(ReportDocument([RunContents(name: "nothing")]), "nothing")
    let runs = try (environment["STEELYARD_RUNS"] ?? "").split(separator: ":").map {
      try RunFolder.contents(String($0))
    }
    let images = environment["STEELYARD_IMAGES"] ?? ""
    for (place, run) in runs.enumerated() {
      try write(
        ReportDocument([run]) { try? FileBytes.read(FilePath.join(images, $0)) }, "run-\(place)")
    }
    if runs.count > 1 { try write(ReportDocument(runs), "runs") }
  }
}
