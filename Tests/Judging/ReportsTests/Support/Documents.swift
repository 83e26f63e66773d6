import Evaluation
import Randomness
import Reports
import Runs
import Uncertainty

/// Documents of every kind that a page must bear, made once.
enum Documents {
  /// Few resamples: what is looked at is the page, not the intervals.
  static var options: ReportOptions {
    var options = ReportOptions()
    options.intervals = IntervalSettings(resamples: 40, threads: 1)
    return options
  }

  static let names = [
    "one class", "one row", "two", "three with rule", "no validation", "validation too",
    "decisions alone", "no intervals", "tied", "a class is absent", "hostile", "hundred", "nothing",
    "metrics alone", "marks", "side by side", "eight runs", "grouped",
  ]

  private static let made: [String: Result<ReportDocument, any Error>] = Dictionary(
    uniqueKeysWithValues: names.map { name in (name, Result { try make(name) }) })

  static func named(_ name: String) throws -> ReportDocument {
    guard let document = made[name] else { throw MarkupFault("no document \(name)") }
    return try document.get()
  }

  /// The page of a document, read.
  static func page(_ name: String) throws -> Node { try MarkupReader.read(try named(name).html()) }

  private static func document(_ predictions: Predictions, _ options: ReportOptions = options)
    -> ReportDocument
  {
    ReportDocument(
      [RunContents(name: "x", evaluations: [.init(split: "test", predictions: predictions)])],
      options: options)
  }

  /// Names that begin with what joins to the bracket before them, or that have no width at all.
  static let marks = [
    "\u{301}acute", "|\u{301}bar", "\u{FEFF}", "a\u{200F}b", "`\u{302}`", "]]>", "<!--",
  ]

  private static func make(_ name: String) throws -> ReportDocument {
    switch name {
    case "one class":
      return document(
        try Predictions(
          classes: ["only"], paths: ["a", "b", "c"], truths: [0, 0, 0],
          probabilities: [1.0, 1.0, 1.0]))
    case "one row":
      return document(
        try Predictions(
          classes: ["a", "b", "c"], paths: ["p"], truths: [1], probabilities: [0.2, 0.3, 0.5]))
    case "two":
      return try ReportDocument([Samples.contents(classes: ["a", "b"])], options: options)
    case "three with rule":
      return try ReportDocument(
        [Samples.contents(classes: ["a", "b", "c"], hasRule: true)], options: options)
    case "no validation", "validation too":
      var contents = try Samples.contents(classes: ["a", "b", "c"])
      if name == "validation too" {
        contents.evaluations.append(
          .init(
            split: "val",
            predictions: try Samples.predictions(classes: ["a", "b", "c"], count: 90, seed: 5)))
      }
      return ReportDocument([contents], options: options)
    case "decisions alone":
      return document(
        try Predictions.read(
          bytes: Array(
            ("path,y_true,y_pred\n"
              + (0..<40).map { "\($0),\($0 % 2 == 0 ? "a" : "b"),\($0 % 3 == 0 ? "b" : "a")\n" }
              .joined()).utf8), name: "decisions.csv"))
    case "no intervals":
      var plain = options
      plain.intervals = nil
      return try ReportDocument([Samples.contents(classes: ["a", "b", "c"])], options: plain)
    case "tied":
      return document(
        try Predictions(
          classes: ["a", "b"], paths: (0..<30).map { "\($0)" }, truths: (0..<30).map { $0 % 2 },
          probabilities: (0..<30).flatMap { _ in [0.5, 0.5] }))
    case "a class is absent":
      return document(
        try Predictions(
          classes: ["a", "b", "absent"], paths: (0..<30).map { "\($0)" },
          truths: (0..<30).map { $0 % 2 },
          probabilities: (0..<30).flatMap { $0 % 5 == 0 ? [0.1, 0.2, 0.7] : [0.6, 0.3, 0.1] }))
    case "hostile":
      return try ReportDocument(
        [Samples.contents(name: Samples.hostile[0], classes: Samples.hostile, hasRule: true)],
        options: options)
    case "marks":
      return try ReportDocument(
        [Samples.contents(name: marks[0], classes: marks, hasRule: true)], options: options)
    case "grouped":
      var contents = try Samples.contents(classes: ["a", "b", "c"])
      let table = try Samples.predictions(classes: ["a", "b", "c"], count: 300, sites: false)
      contents.evaluations[0].predictions = try Predictions(
        classes: table.classes, paths: table.paths, truths: table.truths,
        probabilities: table.probabilities,
        columns: table.columns.map { .init("patient_id", $0.values) })
      return ReportDocument([contents], options: options)
    case "hundred":
      return try ReportDocument(
        [Samples.contents(classes: Samples.names(100), count: 1200)], options: options)
    case "nothing": return ReportDocument([RunContents(name: "nothing")])
    case "metrics alone":
      let predictions = try Samples.predictions(classes: ["a", "b", "c"], count: 100)
      return ReportDocument([
        RunContents(
          name: "x",
          evaluations: [
            .init(
              split: "test", predictions: nil,
              judgement: .plain(MetricsReport(predictions, trainingCounts: [500, 50, 5])))
          ])
      ])
    case "side by side":
      return try ReportDocument(
        [
          Samples.contents(name: "first", classes: ["a", "b", "c"]),
          Samples.contents(name: "second", classes: ["a", "b", "c"], skill: 3, hasRule: true),
        ], options: options)
    default:
      return try ReportDocument(
        (0..<8).map {
          try Samples.contents(
            name: "run \($0)", classes: ["a", "b", "c"], count: 120, skill: 1 + Double($0) / 3)
        }, options: options)
    }
  }
}
