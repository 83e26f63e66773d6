public import Evaluation
public import Randomness
public import Uncertainty

/// What a model's probabilities and columns of a table are worth together, and what each of them adds.
///
/// A part's contribution is what is lost without it: the head is fitted again without that part, and both are compared on the same
/// rows. The rows are others than those of the fit; where there are no others, each is judged by a head that has not seen its fold.
public struct FusionReport: Sendable {
  /// What the fused head gains over a head, or a model, that lacks something.
  public struct Part: Sendable, Encodable {
    /// What is left out.
    public let name: String
    /// First without it, second with everything.
    public let comparison: Comparison
  }

  /// Fitted to all rows of the fit.
  public let head: FusionHead
  /// What it says of the judged rows.
  public let fused: Predictions
  /// The model as it is, then the head without the model, then without each column.
  public let parts: [Part]
  /// Folds of the fit; nil where other rows judge.
  public let folds: Int?

  /// What the probabilities are called where they are left out.
  public static let scores = "image scores"
  /// What the columns are called where all are left out and the model is taken as it is.
  public static let allColumns = "all columns, as the model said"

  /// Fits, judges and leaves out.
  ///
  /// - Parameters:
  ///   - fitting: rows of known class that the model has not learned from, and their cells.
  ///   - judged: other rows; nil deals those of the fit into folds.
  ///   - names: of the columns, at least one.
  ///   - categories: which of them are words.
  ///   - folds: K, at least 2.
  ///   - key: of the folds' draws.
  ///   - settings: how intervals are made.
  /// - Throws: ``FusionError``, `ComparisonError` where no class can be judged, `PredictionsError`.
  public init(
    _ fitting: FusionRows, judged: FusionRows?, names: [String], categories: Set<String>,
    folds: Int = 5, key: RandomKey, settings: IntervalSettings
  ) throws {
    try Self.checkApart(fitting, judged)
    let given = fitting.sample(names, categories)
    try Self.checkNoTruth(given)
    head = try FusionHead(given, key: key)
    let sample = given.read(as: head)
    let dealt = try judged == nil ? Self.dealt(sample, folds, key) : nil
    self.folds = dealt?.count
    let target = judged ?? fitting.known
    func said(_ sample: FusionSample, usesScores: Bool = true) throws -> Predictions {
      if let dealt {
        return try target.predictions(sample, dealt, usesScores: usesScores, key: key)
      }
      return try target.predictions(
        by: FusionHead(sample, usesScores: usesScores, key: key), names)
    }
    let fused = try dealt == nil ? target.predictions(by: head, names) : said(sample)
    self.fused = fused
    func part(_ name: String, _ without: Predictions) throws -> Part {
      Part(name: name, comparison: try Comparison(without, fused, settings: settings))
    }
    var parts = [
      try part(Self.allColumns, target.predictions),
      try part(Self.scores, said(sample, usesScores: false)),
    ]
    for name in names { parts.append(try part(name, said(sample.leavingOut(name)))) }
    self.parts = parts
  }

  /// A group that helps to fit the head does not judge it.
  private static func checkApart(
    _ fitting: FusionRows, _ judged: FusionRows?
  ) throws(FusionError) {
    guard let own = fitting.known.predictions.groups, let others = judged?.predictions.groups
    else { return }
    let shared = Set(own).intersection(others).subtracting([""])
    if let example = shared.min() {
      throw .sharedGroups(count: shared.count, example: example)
    }
  }

  /// A column that is the truth leaves nothing to find.
  private static func checkNoTruth(_ sample: FusionSample) throws(FusionError) {
    let scores = sample.scores
    for (name, cells) in zip(sample.names, sample.cells)
    where zip(cells, scores.truths).allSatisfy({ $0 == scores.classes[$1] }) {
      throw .truth(name)
    }
  }

  private static func dealt(
    _ sample: FusionSample, _ folds: Int, _ key: RandomKey
  ) throws(FusionError) -> GroupedFolds {
    var source = key.folding("fusion judges").source
    do throws(CalibrationError) {
      return try GroupedFolds(sample.scores, count: folds, using: &source)
    } catch {
      throw .tooFewGroups(
        sample.scores.groups.map { Set($0).count } ?? sample.count, folds: folds)
    }
  }
}
