import Evaluation
import Files
import Methods
import Reports
import Training
import Uncertainty

/// Writes what a report is made of, and its pages.
enum ReportFiles {
  /// What only a person can say of a run.
  struct Statements {
    var reference: String?
    var use: String?
    var actsOn: ActsOn?
    var license: String?
  }

  /// `report.json`, `report.html` and the model card `README.md` of a run. What was said of it once
  /// stays, unless it is said anew, and so do the words below the last line of the card.
  static func write(
    _ run: RunDirectory, intervals: IntervalSettings?, statements: Statements = Statements()
  ) throws {
    let files = RunFiles(run: run)
    let json = FilePath.join(run.path, "report.json")
    let before = (try? JSONFile.read(ReportDocument.self, from: json))?.runs.first
    var contents = try files.contents(nil, intervals: intervals)
    contents.reference = statements.reference ?? before?.reference
    contents.use = statements.use ?? before?.use
    contents.actsOn = statements.actsOn ?? before?.actsOn
    contents.license = statements.license ?? before?.facts?.license
    var options = ReportOptions()
    options.intervals = intervals
    let document = try ReportDocument([contents], options: options, image: files.images())
    try JSONFile.write(document, to: json)
    try AtomicFile.write(document.html(), to: FilePath.join(run.path, "report.html"))
    let card = try? String(decoding: FileBytes.read(run.readme), as: UTF8.self)
    try AtomicFile.write(
      document.modelCard(version: Version.current, after: card), to: run.readme)
  }

  /// The document in a `report.json`; `nil` where something else is named.
  static func stored(_ paths: [String]) throws -> ReportDocument? {
    guard paths.count == 1, let path = paths.first, path.hasSuffix(".json") else { return nil }
    return try JSONFile.read(ReportDocument.self, from: path)
  }

  /// The document of runs and tables; several are set side by side.
  static func document(
    _ paths: [String], split: String?, intervals: IntervalSettings?
  ) throws -> ReportDocument {
    var contents: [RunContents] = []
    var images: [(String) -> [UInt8]?] = []
    for path in paths {
      if FilePath.isFolder(path) {
        let files = RunFiles(run: try RunDirectory(existing: path))
        contents.append(
          try files.contents(split ?? (paths.count > 1 ? "test" : nil), intervals: intervals))
        images.append(try files.images())
      } else {
        let judged = try Judged(path, split: split)
        contents.append(
          RunContents(
            name: judged.name, path: path,
            evaluations: [.init(split: judged.split, predictions: judged.predictions)]))
      }
    }
    var options = ReportOptions()
    options.intervals = intervals
    return try ReportDocument(contents, options: options) { path in
      images.lazy.compactMap { $0(path) }.first
    }
  }
}
