import Decisions
import Evaluation
import Files
import Runs

/// Which rows and columns are fused.
extension FuseCommand {
  /// The rows of the fit, and others that judge.
  func rows() throws -> (Predictions, Predictions?) {
    func read(_ split: String?) throws -> LabelledPredictions {
      try LabelledPredictions(path, split: split).withScores(for: "a fusion")
    }
    if FilePath.isFolder(path) {
      let (fitting, judged) = (try read("val"), try read("test"))
      judged.notes.forEach(report.note)
      return (fitting.predictions, judged.predictions)
    }
    let whole = try read(nil)
    whole.notes.forEach(report.note)
    let splits = whole.predictions.splits ?? []
    let parts = Set(splits)
    guard parts.contains("val"), parts.contains("test") else {
      let learned = splits.count { $0 == "train" }
      guard learned == 0 else {
        throw FusionError.trainingRows(path, count: learned, parts: parts.sorted())
      }
      return (whole.predictions, nil)
    }
    return (try read("val").predictions, try read("test").predictions)
  }

  /// The table that is named, or that of the run's data.
  func tablePath() throws -> String {
    if let table { return table }
    if FilePath.isFolder(path) {
      let data = try RunDirectory(existing: path).options().values.data
      if let data, FilePath.isFile(data) { return data }
    }
    throw OptionError.missing("the table of the columns", hint: "name it with --table")
  }

  /// Names with commas between them.
  func list(_ text: String, _ option: String) throws(FusionError) -> [String] {
    let names = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { Label.trimmed(String($0)) }
    if text.isEmpty && option == "categories" { return [] }
    guard !names.contains(""), Set(names).count == names.count else {
      throw .badColumns("expected different names with commas between them, got '\(text)'")
    }
    return names
  }

  /// Cells of judged rows that were not so in the fit, by column.
  func strange(_ rows: FusionRows, _ head: FusionHead) -> [(column: String, count: Int)] {
    head.columns.compactMap { column in
      guard let place = rows.names.firstIndex(of: column.name) else { return nil }
      let count = rows.cells[place].count { !column.knows($0) }
      return count > 0 ? (column.name, count) : nil
    }
  }
}

extension LabelledPredictions {
  /// Predictions of a run's test part or of a table, whether or not they carry the truth.
  ///
  /// - Throws: `LabelledPredictionsError.needsScores` for decisions alone.
  static func unjudged(_ path: String) throws -> Predictions {
    if FilePath.isFolder(path) {
      return try LabelledPredictions(path, split: "test").withScores(for: "a fusion").predictions
    }
    let said = try Predictions.read(path)
    guard said.hasScores else {
      throw LabelledPredictionsError.needsScores(path, what: "a fusion")
    }
    return said
  }
}
