import Curation
import Datasets
import Files
import Foundation
import Reports
import Runs

/// The folder that a curation writes.
struct CurationOutput {
  let folder: String
  private let overwrite: Bool

  private static let names = [
    "curation.csv", "clusters.csv", "classes.csv", "components.svg", "curation.html",
    "curation.json",
  ]

  /// Takes a folder, which may hold other files.
  ///
  /// The folder is made, and tried, before the work.
  ///
  /// - Throws: `OptionError.conflict` where a curation lies in it already, whose answers somebody may have filled in, and where it
  ///   cannot be made or written to; `FolderClaimError.busy` where another process writes there now.
  init(_ folder: String, overwrite: Bool) throws {
    (self.folder, self.overwrite) = (folder, overwrite)
    try refuseWhatIsThere()
    try OutputFolder.tryOut(folder)
  }

  private func refuseWhatIsThere() throws(OptionError) {
    let there = Self.names.filter { FileManager.default.fileExists(atPath: path($0)) }
    guard there.isEmpty || overwrite else {
      throw .conflict(
        "output: \(folder) has \(there.joined(separator: ", ")); name another folder, or replace them with --overwrite"
      )
    }
  }

  private func path(_ name: String) -> String { FilePath.join(folder, name) }

  /// Takes the folder, made where it was not there, without the files of an earlier curation, of which this one may write fewer.
  /// Another process may have written there since ``init(_:overwrite:)``.
  private func claimed() throws -> FolderClaim {
    let claim = try OutputFolder.claim(folder)
    AtomicFile.removeLeftovers(in: folder)
    try refuseWhatIsThere()
    // What is not of a curation is replaced by name alone.
    if FilePath.isFile(path("curation.json")) {
      for name in Self.names { try? FileManager.default.removeItem(atPath: path(name)) }
    }
    return claim
  }

  /// Writes a diverse set; `curation.json` last, so that a folder with one is whole.
  ///
  /// - Throws: `FileError` and `RunError`.
  func write(_ curation: Curation, pictures data: Dataset) throws {
    let claim = try claimed()
    defer { withExtendedLifetime(claim) {} }
    try curation.writeRows(to: path("curation.csv"))
    try curation.writeClusters(to: path("clusters.csv"))
    try AtomicFile.write(CurationPlane(curation).svg, to: path("components.svg"))
    let page = CurationPage(curation) { row in
      guard data.examples[row].source.isImageFile else { return nil }
      return try? data.bytes(at: row)
    }
    try AtomicFile.write(page.html, to: path("curation.html"))
    try JSONFile.write(curation.summary, to: path("curation.json"))
  }

  /// Writes a part kept by a score; `curation.json` last.
  ///
  /// - Throws: `FileError` and `RunError`.
  func write(_ part: ScoredPart) throws {
    let claim = try claimed()
    defer { withExtendedLifetime(claim) {} }
    try part.sample.writeRows(
      to: path("curation.csv"), paths: part.paths, labels: part.labels, splits: part.splits,
      scores: part.scores)
    try part.sample.writeClasses(to: path("classes.csv"))
    try JSONFile.write(part.summary, to: path("curation.json"))
  }
}
