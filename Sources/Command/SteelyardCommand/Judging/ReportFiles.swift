import Evaluation
import Files
import Methods
import Reports
import Runs
import Uncertainty

/// Writes what a report is made of, and its pages.
enum ReportFiles {
  /// What only a person can say of a run.
  struct Statements {
    var reference: String?
    var use: String?
    var actsOn: ActsOn?
    var license: String?

    /// Whether nothing is said.
    var isEmpty: Bool { reference == nil && use == nil && actsOn == nil && license == nil }
  }

  /// `report.json`, `report.html` and the model card `README.md` of a run. What was said of it once
  /// stays, unless it is said anew, and so do the words below the last line of the card.
  static func write(
    _ run: RunDirectory, intervals: IntervalSettings?, statements: Statements = Statements(),
    _ reading: PredictionOptions = PredictionOptions(), pictures: RunPictures = RunPictures()
  ) throws {
    if let numbers = NumberRun(run) {
      guard statements.isEmpty else {
        throw OptionError.conflict(
          "reference, use, acts-on, license: they go into reports of classes; leave them out")
      }
      return try numbers.write(intervals: intervals)
    }
    if let labels = LabelRun(run) {
      guard statements.isEmpty else {
        throw OptionError.conflict(
          "reference, use, acts-on, license: they go into reports of classes; leave them out")
      }
      try labels.write(intervals: intervals)
      return
    }
    let files = try RunFiles(run)
    let before = try stored(in: run)
    var contents = try files.contents(nil, intervals: intervals, reading)
    contents.take(statements, before: before?.runs.first)
    var options = ReportOptions()
    options.intervals = intervals
    let document = ReportDocument(
      [contents], options: options,
      image: try files.images(pictures, before: before?.thumbnails() ?? [:]))
    try document.write(to: run.report)
    try AtomicFile.write(document.html(), to: run.reportPage)
    try writeCard(document.modelCard(version: Version.current), run)
  }

  /// The card, with what people wrote below the last line of the one before. One that lacks that line is
  /// kept beside it: all of it may be theirs.
  static func writeCard(_ card: String, _ run: RunDirectory) throws {
    let before = FilePath.isFile(run.readme) ? try FileBytes.read(run.readme) : nil
    if let before, !ReportDocument.isCard(before) {
      let old = try freeName(beside: run.readme, for: before)
      try AtomicFile.write(before, to: old)
      StandardStreams.note("kept as \(old): it lacks the line below which notes are kept")
    }
    try AtomicFile.write(
      ReportDocument.card(Array(card.utf8), after: before ?? []), to: run.readme)
  }

  /// `README.md.old`, or the first such name with a number that is free or holds these bytes already.
  private static func freeName(beside path: String, for bytes: [UInt8]) throws -> String {
    var (name, number) = ("\(path).old", 1)
    while try FilePath.isFile(name) && FileBytes.read(name) != bytes {
      number += 1
      name = "\(path).old.\(number)"
    }
    return name
  }

  /// The report that a run has already; one that cannot be read is said, since what was said of the run
  /// goes with it.
  /// - Throws: `RunFileError` for a report that a newer program wrote, which must not be replaced.
  private static func stored(in run: RunDirectory) throws(RunFileError) -> ReportDocument? {
    do throws(RunFileError) {
      return try ReportDocument.readIfPresent(run.report)
    } catch {
      guard case .damaged(let reason, _) = error else { throw error }
      StandardStreams.note(
        "\(reason); what was said of the run before (--reference, --use, --acts-on, --license) is lost"
      )
      return nil
    }
  }

  /// The document in a `report.json`; `nil` where something else is named.
  static func stored(_ paths: [String]) throws -> ReportDocument? {
    guard paths.count == 1, let path = paths.first, path.hasSuffix(".json") else { return nil }
    return try ReportDocument.read(path)
  }

  /// The document of runs and tables; several are set side by side.
  static func document(
    _ paths: [String], split: String?, intervals: IntervalSettings?, statements: Statements,
    _ reading: PredictionOptions, pictures: RunPictures, note: (String) -> Void
  ) throws -> ReportDocument {
    var contents: [RunContents] = []
    var images: [(String) -> [UInt8]?] = []
    var before: RunReport?
    for path in paths {
      if FilePath.isFolder(path) {
        let run = try RunDirectory(existing: path)
        let files = try RunFiles(run)
        let shown = try stored(in: run)
        if paths.count == 1 { before = shown?.runs.first }
        contents.append(
          try files.contents(
            split ?? (paths.count > 1 ? "test" : nil), intervals: intervals, reading))
        images.append(try files.images(pictures, before: shown?.thumbnails() ?? [:]))
      } else {
        let labelled = try LabelledPredictions(path, split: split, reading)
        labelled.notes.forEach { note("\(path): \($0)") }
        contents.append(
          RunContents(
            name: labelled.name, path: path,
            evaluations: [
              .init(
                split: labelled.split, predictions: labelled.predictions, notes: labelled.notes)
            ]))
      }
    }
    settlePositive(&contents)
    if contents.count == 1 { contents[0].take(statements, before: before) }
    var options = ReportOptions()
    options.intervals = intervals
    return ReportDocument(contents, options: options) { path in
      images.lazy.compactMap { $0(path) }.first
    }
  }

  /// Gives all that are set side by side the positive class of the first.
  private static func settlePositive(_ contents: inout [RunContents]) {
    guard let first = contents.first?.evaluations.first?.predictions, let positive = first.positive
    else { return }
    let name = first.classes[positive.index]
    for run in contents.indices.dropFirst() {
      for part in contents[run].evaluations.indices {
        guard let other = contents[run].evaluations[part].predictions, other.classes.count == 2,
          let index = other.classes.firstIndex(of: name), other.positive?.index != index
        else { continue }
        contents[run].evaluations[part].predictions?.positive = PositiveClass(
          index, because: .compared)
      }
    }
  }
}

extension RunContents {
  /// What was said now, or else before.
  fileprivate mutating func take(_ statements: ReportFiles.Statements, before: RunReport?) {
    reference = statements.reference ?? before?.reference
    use = statements.use ?? before?.use
    actsOn = statements.actsOn ?? before?.actsOn
    license = statements.license ?? before?.facts?.license
  }
}
