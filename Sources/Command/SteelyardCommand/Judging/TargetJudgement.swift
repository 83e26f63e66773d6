import Evaluation
import Files
import Reports
import Requirements
import Targets
import Uncertainty

/// What is said of a table whose targets are no plain classes: the JSON of it, and the sheet that a terminal and a page
/// are drawn from.
struct TargetJudgement {
  /// What tables call it.
  let name: String
  /// The JSON.
  let json: any Encodable
  /// The tables; of studies those of studies, then those of their images.
  let sheets: [TargetSheet]

  /// - Parameters:
  ///   - kind: Labels, grades or numbers.
  ///   - path: The table.
  ///   - split: `train`, `val`, `test` or `all`; `nil` is all.
  ///   - reading: How tables of classes are read.
  ///   - flags: How others are.
  ///   - settings: How intervals are made; `nil` leaves them out.
  init(
    _ kind: TargetKind, _ path: String, split: String?, _ reading: PredictionOptions,
    _ flags: TargetFlags, _ settings: IntervalSettings?
  ) throws {
    switch kind {
    case .labels: try self.init(JudgedLabels(path, split: split, flags), flags, settings)
    case .number:
      let whole = try NumberPredictions.read(path)
      let part = whole.keeping(
        try SplitRows.of(whole.carried, count: whole.count, split, path: path))
      try part.carried.check(settings, path)
      guard part.judged.count > 0 else { throw LabelledPredictionsError.noTruth(path) }
      var found = NumberAssessment(part, bins: try flags.numberBins(), settings: settings)
      found.notes = [part.withoutTruth].compactMap { $0 }
      self.init(path, json: found, sheets: [TargetSheet(found)])
    case .grades, .classes:
      var labelled = try LabelledPredictions(path, split: split, reading)
      labelled.predictions = try labelled.predictions.graded(flags.order, path: path)
      var found = GradeAssessment(labelled.predictions, settings: settings)
      found.notes = labelled.notes
      self.init(path, json: found, sheets: [TargetSheet(found)])
    }
  }

  private init(_ path: String, json: any Encodable, sheets: [TargetSheet]) {
    name = FilePath.stem(of: FilePath.absolute(path))
    (self.json, self.sheets) = (json, sheets)
  }

  private init(_ judged: JudgedLabels, _ flags: TargetFlags, _ settings: IntervalSettings?) throws {
    func assessed(
      _ predictions: LabelPredictions, _ thresholds: [Double]?
    ) throws -> LabelAssessment {
      try predictions.carried.check(settings, judged.path)
      return LabelAssessment(
        predictions, thresholds: thresholds, shots: judged.shots, settings: settings)
    }
    var found = try assessed(judged.predictions, judged.thresholds)
    found.notes = judged.notes + judged.sets.statements(onSeen: judged.seesChosen)
    guard let views = judged.views, let join = judged.join else {
      self.init(
        judged.path, json: LabelResult(found: found, sets: judged.sets),
        sheets: [TargetSheet(found)])
      return
    }
    var images = try assessed(views, judged.viewThresholds)
    images.notes =
      [
        judged.thresholds != nil && judged.viewThresholds == nil
          ? "the same, image by image and without the rule, which is of studies"
          : "the same, image by image"
      ] + judged.viewSets.statements(onSeen: judged.seesChosen)
    self.init(
      judged.path,
      json: LabelResult(
        found: found, sets: judged.sets, images: images, imageSets: judged.viewSets, join: join),
      sheets: [TargetSheet(found), TargetSheet(images)])
  }

  /// Prints it on standard output.
  func show(_ report: ReportFlags) throws {
    if report.json {
      for sheet in sheets { report.note("target: \(sheet.heading)") }
      return try StandardStreams.json(json)
    }
    StandardStreams.write(
      sheets.map { TargetText.text($0, style: StandardStreams.style) }.joined(separator: "\n"))
  }
}

extension CarriedColumns {
  /// Says so where a column of groups is named that is not there.
  ///
  /// - Throws: `LabelledPredictionsError.noColumn`.
  func check(
    _ settings: IntervalSettings?, _ path: String
  ) throws(LabelledPredictionsError) {
    guard let name = settings?.groupColumn, name != IntervalSettings().groupColumn,
      named(name) == nil
    else { return }
    throw .noColumn(path, name, columns: names)
  }
}

extension NumberPredictions {
  /// That rows without truth are left out; `nil` where every row has one.
  fileprivate var withoutTruth: String? {
    let rows = paths.indices.filter { truths[$0] == nil }
    return rows.isEmpty
      ? nil
      : ReadingStatement.withoutTruth(
        rows.count, of: count, examples: rows.prefix(3).map { paths[$0] }
      ).description
  }
}

extension Predictions {
  /// The same with the classes in the order of the grades: the one that is named, or that of their numbers, or that of
  /// the columns.
  ///
  /// - Throws: `OptionError.conflict` where other grades are named than there are.
  func graded(_ order: String?, path: String) throws(OptionError) -> Predictions {
    var names = classes
    if let order {
      names = order.split(separator: ",", omittingEmptySubsequences: false)
        .map { String($0).trimmingBlanks }
    } else if classes.allSatisfy({ Double($0)?.isFinite ?? false }) {
      names.sort { (Double($0) ?? 0, $0) < (Double($1) ?? 0, $1) }
    }
    guard var graded = ordered(as: names) else {
      let strange = names.first { !classes.contains($0) }
      let near = strange.flatMap { nearest(to: $0, among: classes) }
      throw .conflict(
        "order: expected each of the grades of \(path) once, \(classes.joined(separator: ", ")), got"
          + " \(names.joined(separator: ", "))" + (near.map { "; did you mean '\($0)'?" } ?? ""))
    }
    graded.areOrdered = true
    return graded
  }
}

extension String {
  /// Without blanks at its ends.
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
