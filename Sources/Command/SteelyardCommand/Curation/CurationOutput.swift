import Curation
import Datasets
import Files
import Foundation
import Reports
import Runs

/// The folder that a curation writes.
struct CurationOutput {
  let folder: String

  private static let names = [
    "curation.csv", "clusters.csv", "classes.csv", "components.svg", "curation.html",
    "curation.json",
  ]

  /// Takes a folder, which may hold other files.
  ///
  /// - Throws: `OptionError.conflict` where a curation lies in it already, whose answers somebody may have filled in.
  init(_ folder: String, overwrite: Bool) throws {
    self.folder = folder
    let there = Self.names.filter {
      FileManager.default.fileExists(atPath: FilePath.join(folder, $0))
    }
    if !there.isEmpty, !overwrite {
      throw OptionError.conflict(
        "output: \(folder) has \(there.joined(separator: ", ")); name another folder, or replace them with --overwrite"
      )
    }
  }

  private func path(_ name: String) -> String { FilePath.join(folder, name) }

  /// Makes the folder without the files of an earlier curation, of which this one may write fewer.
  private func clear() throws {
    try RunDirectory.makeFolder(folder)
    // What is not of a curation is replaced by name alone.
    guard FilePath.isFile(path("curation.json")) else { return }
    for name in Self.names { try? FileManager.default.removeItem(atPath: path(name)) }
  }

  /// Writes a diverse set; `curation.json` last, so that a folder with one is whole.
  ///
  /// - Throws: `FileError` and `RunError`.
  func write(_ curation: Curation, pictures data: Dataset) throws {
    try clear()
    try curation.writeRows(to: path("curation.csv"))
    try curation.writeClusters(to: path("clusters.csv"))
    try AtomicFile.write(CurationPlane(curation).svg, to: path("components.svg"))
    let page = CurationPage(curation) { row in
      guard case .file(let file) = data.examples[row].source else { return nil }
      return try? FileBytes.read(file)
    }
    try AtomicFile.write(page.html, to: path("curation.html"))
    try JSONFile.write(curation.summary, to: path("curation.json"))
  }

  /// Writes a part kept by a score; `curation.json` last.
  ///
  /// - Throws: `FileError` and `RunError`.
  func write(_ part: ScoredPart) throws {
    try clear()
    try part.sample.writeRows(
      to: path("curation.csv"), paths: part.paths, labels: part.labels, scores: part.scores)
    try part.sample.writeClasses(to: path("classes.csv"))
    try JSONFile.write(part.summary, to: path("curation.json"))
  }
}
