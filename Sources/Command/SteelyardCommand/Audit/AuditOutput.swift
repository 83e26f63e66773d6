import Audit
import Datasets
import Files
import Foundation
import Reports
import Runs

/// The folder that an audit writes.
struct AuditOutput {
  let folder: String
  private let overwrite: Bool

  private static let names = [
    "issues.csv", "counts.csv", "images.csv", "corrections.csv", "label-studio.json", "audit.json",
    "audit.html",
  ]

  /// Takes a folder, which may hold other files.
  ///
  /// - Throws: `OptionError.conflict` where an audit lies in it already, whose corrections somebody may have filled in.
  init(_ folder: String, overwrite: Bool) throws {
    (self.folder, self.overwrite) = (folder, overwrite)
    try check()
  }

  private func check() throws(OptionError) {
    let there = Self.names.first {
      FileManager.default.fileExists(atPath: FilePath.join(folder, $0))
    }
    if let there, !overwrite {
      throw OptionError.conflict(
        "output: \(FilePath.join(folder, there)) exists; name another folder, or replace it with --overwrite"
      )
    }
  }

  /// Writes everything; `audit.json` last, so that a folder with one is whole.
  ///
  /// - Throws: `FileError` and `RunError`; `OptionError.conflict` where another audit came first meanwhile.
  func write(
    _ findings: LabelFindings, _ images: AuditImages?, _ summary: AuditSummary
  ) throws {
    try check()
    try RunDirectory.makeFolder(folder)
    func path(_ name: String) -> String { FilePath.join(folder, name) }
    // What this audit does not write says nothing of it.
    if images == nil { try? FileManager.default.removeItem(atPath: path("images.csv")) }
    try findings.writeIssues(to: path("issues.csv"))
    try findings.writeCounts(to: path("counts.csv"))
    try findings.writeCorrections(to: path("corrections.csv"))
    try JSONFile.write(findings.tasks, to: path("label-studio.json"))
    try images?.audit.write(to: path("images.csv"))
    let page = AuditPage(findings, pictures: images?.audit) { row in
      findings.paths.flatMap { images?.bytes($0[row]) }
    }
    try AtomicFile.write(page.html, to: path("audit.html"))
    try JSONFile.write(summary, to: path("audit.json"))
  }
}
