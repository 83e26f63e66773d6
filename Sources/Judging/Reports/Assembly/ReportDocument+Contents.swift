import Runs
public import Uncertainty

extension ReportDocument {
  /// A report of what the files of one or several runs hold.
  ///
  /// ```swift
  /// var contents = RunContents(name: "balanced-mixup", path: "runs/a")
  /// contents.data = try DataRecord.read("runs/a/data.json")
  /// contents.evaluations = [.init(split: "test", predictions: try .read("runs/a/predictions-test.csv"))]
  /// let document = ReportDocument([contents]) { try? FileBytes.read("images/" + $0) }
  /// ```
  ///
  /// - Parameters:
  ///   - contents: The runs; several are set side by side, the first being what the others are
  ///     compared with.
  ///   - title: Title of the page; `nil` makes one.
  ///   - options: How much is shown.
  ///   - image: Bytes of the image file of a path, for the pictures of mistakes; `nil` where it
  ///     cannot be read.
  /// - Precondition: there is a run.
  public init(
    _ contents: [RunContents], title: String? = nil, options: ReportOptions = ReportOptions(),
    image: (String) -> [UInt8]? = { _ in nil }
  ) {
    let runs = contents.map { RunReport($0, options: options, image: image) }
    self.init(
      title: title ?? Self.title(of: runs), runs: runs,
      comparisons: PairedResult.all(contents, options.intervals))
  }

  private static func title(of runs: [RunReport]) -> String {
    if runs.count > 1 { return runs.map(\.name).joined(separator: " · ") }
    guard let run = runs.first else { return "Report" }
    let parts = [
      run.facts?.option("model"), run.facts?.option("method"), run.population?.name,
    ].compactMap { $0 }
    return parts.isEmpty ? run.name : parts.joined(separator: ", ")
  }
}

/// How much a report shows.
public struct ReportOptions: Sendable {
  /// At most so many mistakes.
  public var mistakes = 24
  /// At most so many of them of one pair of classes, so that one confusion does not fill the page.
  public var mistakesPerPair = 3
  /// Longer side of their pictures, in pixels.
  public var thumbnail = 96
  /// How intervals are made where the contents have none; `nil` leaves them out, and the
  /// subgroups, of which nothing should be said without intervals.
  public var intervals: IntervalSettings? = IntervalSettings()

  /// The usual amount.
  public init() {}

  /// How intervals are made beside those that are there: as they were, so that a page has one level and one
  /// population. Rates and bands have intervals where ``intervals`` is `nil` too.
  func settings(like found: ResamplingSummary?) -> IntervalSettings {
    var settings = intervals ?? IntervalSettings()
    guard let found else { return settings }
    (settings.level, settings.counts) = (found.level, found.counts)
    (settings.resamples, settings.seed) = (found.resamples, found.seed)
    settings.method = found.method
    return settings
  }
}

extension RunReport {
  init(_ contents: RunContents, options: ReportOptions, image: (String) -> [UInt8]?) {
    let facts = RunFacts(contents)
    self.init(
      name: contents.name, facts: facts, population: contents.data.map { Population($0) },
      splits: contents.data.flatMap {
        SplitFacts($0, longest: options.thumbnail, image: image)
      },
      reference: contents.reference, use: contents.use, actsOn: contents.actsOn,
      training: contents.history.map {
        TrainingRecord($0, selection: facts.option("eval-metric"))
      },
      evaluations: contents.evaluations.compactMap {
        EvaluationPart($0, options: options, image: image)
      })
    frozen = contents.frozen
    if !evaluations.isEmpty {
      evaluations[0].decisions = DecisionPart.leading(
        contents, options.settings(like: evaluations[0].judgement.assessment?.resampling))
    }
  }
}
