import Datasets
import Evaluation
import Files
import Methods
import Plans
import Requirements
import Targets
import Training

/// Makes the grid of what was typed.
struct GridMaker {
  let flags: GridFlags
  let options: TrainOptions
  let note: (String) -> Void
  static let mostSeeds = 10_000
  static let mostFolds = 1000
  /// Metrics of numbers that are best at a value of their own.
  private static let withoutDirection: Set<String> = [
    "bias", "agreement_low", "agreement_high", "interval_coverage",
  ]

  /// - Throws: `OptionError`, `CatalogueError`, `OverrideError` for what was mistyped.
  func callAsFunction() throws -> Grid {
    var rows = try searched(chosen()) + frozen()
    if let double = rows.map(\.label).firstDuplicate {
      throw OptionError.conflict("methods: '\(double)' is named twice; keep one of them")
    }
    guard rows.count >= 1 else { throw OptionError.conflict("methods: expected at least one") }
    if let folds = flags.folds {
      guard flags.seeds == nil else {
        throw OptionError.conflict(
          "seeds: with --folds every fold is a training; leave out one of them")
      }
      guard (2...Self.mostFolds).contains(folds) else {
        throw OptionError.conflict("folds: expected 2 to \(Self.mostFolds), got \(folds)")
      }
      guard options.splitFile == nil else {
        throw OptionError.conflict(
          "split-file: --folds divides the data itself; leave one of them out")
      }
    }
    let seeds = flags.folds == nil ? flags.seeds ?? 3 : 1
    guard (1...Self.mostSeeds).contains(seeds) else {
      throw OptionError.conflict("seeds: expected 1 to \(Self.mostSeeds), got \(seeds)")
    }
    guard options.seed <= Int.max - seeds else {
      throw OptionError.conflict("seed: \(options.seed) leaves no room for \(seeds) seeds after it")
    }
    let reference = try reference(rows)
    // First, so that a budget never leaves it out for the sake of another.
    rows = rows.filter { $0.label == reference } + rows.filter { $0.label != reference }
    let grid = Grid(
      rows: rows, imbalances: try imbalances(), seeds: Array(options.seed..<options.seed + seeds),
      folds: flags.folds, reference: reference, metric: try metric(),
      budget: try flags.budget.map(Self.seconds))
    try grid.checkNames()
    return grid
  }

  private func chosen() throws -> [GridRow] {
    guard let text = flags.methods else {
      throw OptionError.missing(
        "--methods",
        hint: "name some, as in --methods erm,balanced-mixup, or all; steelyard methods lists them")
    }
    guard text.trimmed == "all" else {
      return try text.split(separator: ",", omittingEmptySubsequences: false).map {
        GridRow(try MethodChoice(parsing: String($0)))
      }
    }
    let every = try EveryMethod(options)
    every.lines.forEach(note)
    return every.names.map { GridRow(MethodChoice($0)) }
  }

  /// The baseline to beat, where it is asked for.
  private func frozen() throws(OptionError) -> [GridRow] {
    guard flags.frozen else { return [] }
    if let kind = options.data.map({ InputKind.of($0, options) }), kind != .images {
      throw .conflict(
        "frozen: the data are \(kind), and the baseline is of features of images; add knn and logistic to --methods"
      )
    }
    guard options.pretrained != nil else {
      throw .conflict(
        "frozen: the baseline is of weights that were given; give some with --pretrained, or leave --frozen out"
      )
    }
    return FrozenBaseline.Head.all.map { GridRow(frozen: $0) }
  }

  private func searched(_ rows: [GridRow]) throws -> [GridRow] {
    var rows = rows
    for text in flags.search {
      let search = try SearchChoice(parsing: text)
      _ = try method(named: search.method)
      let places = rows.indices.filter { rows[$0].candidates[0].name == search.method }
      guard let place = places.first else {
        throw OptionError.conflict(
          "search: \(search.method) is not among --methods; add it")
      }
      guard places.count == 1 else {
        throw OptionError.conflict(
          "search: \(search.method) is among --methods \(places.count) times; name it once, and give the values"
            + " to --search")
      }
      guard rows[place].candidates[0].settings[search.name] == nil else {
        throw OptionError.conflict(
          "search: \(search.method).\(search.name) is set already; leave one out")
      }
      rows[place] = try rows[place].searching(search.name, search.values)
    }
    return rows
  }

  private func imbalances() throws(OptionError) -> [Double] {
    guard let text = flags.longTail else {
      guard options.longTailShape == .exponential else {
        throw .conflict(
          "long-tail-shape: it says how --long-tail thins the training part, which is not given")
      }
      return [1]
    }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map {
      Double(String($0).trimmed)
    }
    let ratios = parts.compactMap(\.self).filter { $0 >= 1 && $0.isFinite }
    guard ratios.count == parts.count, Set(ratios).count == ratios.count else {
      throw .conflict(
        "long-tail: expected different ratios of at least 1, such as 10,50,100; got '\(text)'")
    }
    return ratios
  }

  private func reference(_ rows: [GridRow]) throws(OptionError) -> String? {
    guard let wanted = flags.reference else {
      return (rows.first { $0.label == "erm" } ?? rows.first)?.label
    }
    let found = rows.first { $0.label == wanted } ?? rows.first { $0.candidates[0].name == wanted }
    guard let found else {
      throw .conflict(
        "reference: '\(wanted)' is not among the methods: \(rows.map(\.label).joined(separator: ", "))"
      )
    }
    return found.label
  }

  private func metric() throws(OptionError) -> String {
    guard let name = flags.metric else { return options.evalMetric.reportKey }
    let names =
      switch options.task {
      case .labels:
        TargetComparison.ofLabels.over
          + (options.studyColumn == nil ? [] : TargetComparison.ofStudies)
      case .number: TargetComparison.ofNumbers.filter { !Self.withoutDirection.contains($0) }
      default: Metric.catalogue.map(\.name)
      }
    if options.task == .number, Self.withoutDirection.contains(name) {
      throw .conflict(
        "metric: neither more nor less \(name) is better, so it ranks no methods; choose one of: "
          + names.joined(separator: ", "))
    }
    if options.studyColumn == nil, TargetComparison.ofStudies.contains(name) {
      throw .conflict(
        "metric: \(name) is of studies; name their column with --study-column, or take \(StudyMetrics.plain(name))"
      )
    }
    guard names.contains(name) else {
      throw .conflict(
        "metric: no metric is called '\(name)'"
          + (nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ".")
          + " Metrics: \(names.joined(separator: ", "))")
    }
    return name
  }

  private static func seconds(_ text: String) throws(OptionError) -> Double {
    guard let budget = Budget(text) else {
      throw .conflict("budget: expected a time such as 2h, 90m or 1h30m, got '\(text)'")
    }
    return budget.seconds
  }
}

extension [String] {
  /// The first that was there before.
  fileprivate var firstDuplicate: String? {
    var seen: Set<String> = []
    return first { !seen.insert($0).inserted }
  }
}
