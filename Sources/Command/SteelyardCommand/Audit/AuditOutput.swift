import Audit
import Datasets
import Files
import Foundation
import Reports
import Runs

/// The folder that an audit writes.
struct AuditOutput {
  /// What is written.
  enum Kind: String {
    /// Labels and images of a set.
    case audit
    /// What explains one answer.
    case explanation
    /// Labels of several raters.
    case raters

    /// The files, the last written last.
    var names: [String] {
      switch self {
      case .audit:
        [
          "issues.csv", "counts.csv", "images.csv", "copies.csv", "hard.csv", "corrections.csv",
          "label-studio.json", "audit.html", "audit.json",
        ]
      case .explanation: ["explain.csv", "explain.html", "explain.json"]
      case .raters: ["raters.csv", "consensus.csv", "corrections.csv", "raters.json"]
      }
    }
  }

  let folder: String
  private let kind: Kind
  private let overwrite: Bool

  /// Takes a folder, which may hold other files.
  ///
  /// The folder is made, taken and let go at once: what cannot be written to is told before the work, not after it.
  ///
  /// - Throws: `OptionError.conflict` where files of the kind lie in it already: somebody may have filled in the corrections;
  ///   and where it cannot be made or written to; `FolderClaimError.busy` where another process writes
  ///   there now.
  init(_ folder: String, kind: Kind = .audit, overwrite: Bool) throws {
    (self.folder, self.kind, self.overwrite) = (folder, kind, overwrite)
    try refuseWhatIsThere()
    try OutputFolder.tryOut(folder)
  }

  private func path(_ name: String) -> String { FilePath.join(folder, name) }

  private func refuseWhatIsThere() throws(OptionError) {
    let there = kind.names.first { FileManager.default.fileExists(atPath: path($0)) }
    if let there, !overwrite {
      throw .conflict(
        "output: \(path(there)) exists; name another folder, or replace it with --overwrite")
    }
  }

  /// Takes the folder, made where it was not there, without the files of an earlier audit, of which this one may write
  /// fewer. Another process may have written there since ``init(_:kind:overwrite:)``.
  ///
  /// - Throws: `FolderClaimError.busy` where another process writes there now.
  private func claimed() throws -> FolderClaim {
    let claim = try OutputFolder.claim(folder)
    AtomicFile.removeLeftovers(in: folder)
    try refuseWhatIsThere()
    // A folder that is whole has the last of them; of others, files are replaced by name alone.
    if let last = kind.names.last, FilePath.isFile(path(last)) {
      for name in kind.names { try? FileManager.default.removeItem(atPath: path(name)) }
    }
    return claim
  }

  /// Writes an audit; `audit.json` last, so that a folder with one is whole.
  ///
  /// - Throws: `FileError` and `FolderClaimError`; `OptionError.conflict` as ``init(_:kind:overwrite:)`` where another
  ///   audit came first meanwhile.
  func write(
    _ findings: LabelFindings, _ images: AuditImages?, _ hard: HardTable?, _ summary: AuditSummary
  ) throws {
    let claim = try claimed()
    defer { withExtendedLifetime(claim) {} }
    // What this audit does not write says nothing of it.
    for (name, isWritten) in [
      ("images.csv", images != nil), ("copies.csv", images != nil), ("hard.csv", hard != nil),
    ] where !isWritten {
      try? FileManager.default.removeItem(atPath: path(name))
    }
    try findings.writeIssues(to: path("issues.csv"))
    try findings.writeCounts(to: path("counts.csv"))
    try hard?.write(to: path("hard.csv"))
    try findings.writeCorrections(to: path("corrections.csv"))
    try JSONFile.write(findings.tasks, to: path("label-studio.json"))
    try images?.audit.write(to: path("images.csv"))
    try images?.copies.write(to: path("copies.csv"))
    let page = AuditPage(findings, pictures: images?.audit, hard: hard) { images?.bytes($0) }
    try AtomicFile.write(page.html, to: path("audit.html"))
    try JSONFile.write(summary, to: path("audit.json"))
  }

  /// Writes what explains one answer; `explain.json` last.
  ///
  /// - Parameter picture: the bytes of the picture of a path; nil where there is none.
  /// - Throws: as ``write(_:_:_:_:)``.
  func write(_ explanation: Explanation, picture: @escaping (String) -> [UInt8]?) throws {
    let claim = try claimed()
    defer { withExtendedLifetime(claim) {} }
    try explanation.write(to: path("explain.csv"))
    try AtomicFile.write(
      ExplanationPage(explanation, picture: picture).html, to: path("explain.html"))
    try JSONFile.write(explanation, to: path("explain.json"))
  }

  /// Writes an audit of raters; `raters.json` last.
  ///
  /// - Throws: as ``write(_:_:_:_:)``.
  func write(_ raters: RaterAudit) throws {
    let claim = try claimed()
    defer { withExtendedLifetime(claim) {} }
    try raters.writeRaters(to: path("raters.csv"))
    try raters.writeConsensus(to: path("consensus.csv"))
    try raters.writeCorrections(to: path("corrections.csv"))
    try JSONFile.write(raters.summary, to: path("raters.json"))
  }
}
