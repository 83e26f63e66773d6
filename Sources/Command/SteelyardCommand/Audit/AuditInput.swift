import Audit
import Evaluation
import Files
import Runs

/// Probabilities and given labels, from two arrays or from a table of predictions.
struct AuditInput {
  var rows: ProbabilityRows
  var labels: GivenLabels
  /// What is worth saying of how they were read.
  var notes: [String] = []

  /// From arrays.
  ///
  /// - Throws: `FileError` and `AuditError`.
  init(probabilities: String, given: String, classNames: String?) throws {
    rows = try ProbabilityRows(npy: probabilities)
    labels = try GivenLabels.read(
      given, names: classNames.map(Self.names), classes: rows.classes)
    guard labels.given.count == rows.count else {
      throw AuditError.otherCount(labels: labels.given.count, rows: rows.count)
    }
    if labels.isAmbiguous {
      notes.append(
        "\(given): its labels are taken as names of classes; as class numbers from 0 on they would be others: leave out --class-names"
          + " where they are numbers")
    }
    if let twice = labels.repeated {
      notes.append(
        "\(given): '\(twice.path)' stands in rows \(twice.first) and \(twice.second)"
          + (twice.others > 0
            ? ", and \(twice.others) other rows repeat a name" : "")
          + "; rows of one name are one example of hard.csv, by the last of them")
    }
  }

  /// From a table of predictions, a cross-fit or a run.
  ///
  /// - Throws: `PredictionsError`, `LabelledPredictionsError`, `AuditError`.
  init(table path: String, split: String?, _ options: PredictionOptions) throws {
    let crossfit = CrossfitTable.path(of: path)
    let read = try LabelledPredictions(crossfit ?? path, split: split, options)
      .withScores(for: "an audit")
    let all = read.predictions
    let known = all.truths.indices.filter { all.truths[$0] != nil }
    let predictions = known.count == all.count ? all : try all.keeping(known)
    notes = read.notes
    guard predictions.classes.count > 1 else { throw AuditError.oneClass(path) }
    rows = ProbabilityRows(predictions.probabilities, classes: predictions.classes.count)
    labels = GivenLabels(
      given: predictions.truths.map { Int32($0 ?? 0) }, classes: predictions.classes,
      paths: predictions.paths)
  }

  /// Names of classes, one a line.
  ///
  /// - Throws: `FileError`.
  static func names(_ path: String) throws -> [String] {
    String(decoding: try FileBytes.read(path), as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { line in
        var name = Substring(line)
        while name.last == " " || name.last == "\t" { name.removeLast() }
        return String(name)
      }.filter { !$0.isEmpty }
  }
}

/// The table of a cross-fit.
enum CrossfitTable {
  /// The table in a folder that a cross-fit made; nil for any other path.
  static func path(of folder: String) -> String? {
    guard let directory = try? CrossfitDirectory(existing: folder),
      FilePath.isFile(directory.predictions)
    else { return nil }
    return directory.predictions
  }
}
