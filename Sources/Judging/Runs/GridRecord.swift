public import Uncertainty

/// What a comparison came to: `compare.json`, from which table and page are drawn.
public struct GridRecord: VersionedJSON, Equatable {
  /// One imbalance.
  public struct Part: Codable, Sendable, Equatable {
    /// Ratio that the training part was thinned out to; `nil` where it lies as it is.
    public var imbalance: Double?
    /// All methods at it; `nil` where no training came to an end.
    public var comparison: GridComparison?

    /// A part of its parts.
    public init(imbalance: Double?, comparison: GridComparison?) {
      (self.imbalance, self.comparison) = (imbalance, comparison)
    }
  }

  /// A cell without a result.
  public struct Missing: Codable, Sendable, Equatable {
    /// Name of its run.
    public var cell: String
    /// What became of it.
    public var status: String
    /// Why.
    public var reason: String

    /// A cell of its parts.
    public init(cell: String, status: String, reason: String) {
      (self.cell, self.status, self.reason) = (cell, status, reason)
    }
  }

  /// What the data are called.
  public var data: String
  /// The network.
  public var model: String
  /// Seeds of the trainings, or of one seed the folds.
  public var seeds: [Int]
  /// Number of folds; `nil` where each seed is a training.
  public var folds: Int?
  /// How classes fall where the training part is thinned out.
  public var shape: String
  /// The metric that conclusions are drawn from, set before anything was trained.
  public var metric: String
  /// Calibration that `decide` would fit on validation: what "decided" numbers are after.
  public var calibration: String
  /// The imbalances.
  public var parts: [Part]
  /// Cells without a result.
  public var missing: [Missing]
  /// What may be concluded and what not.
  public var conclusions: [String]
  /// Version of the program.
  public var version: String
  /// Column of the studies that images are views of; `nil` where methods are compared on images alone.
  public var studyColumn: String?

  /// A record without conclusions.
  public init(
    data: String, model: String, seeds: [Int], folds: Int?, shape: String, metric: String,
    calibration: String, parts: [Part], missing: [Missing], version: String
  ) {
    (self.data, self.model, self.seeds, self.folds) = (data, model, seeds, folds)
    (self.shape, self.metric, self.calibration) = (shape, metric, calibration)
    (self.parts, self.missing, self.version) = (parts, missing, version)
    conclusions = []
  }

  /// `3 seeds`, `1 seed`, `5 folds`.
  public var trainings: String {
    folds.map { "\($0) folds" } ?? (seeds.count == 1 ? "1 seed" : "\(seeds.count) seeds")
  }

  /// Studies of a test part in the mean over its trainings; `nil` where there are none.
  public func studies(of comparison: GridComparison) -> Double? {
    comparison.rows.lazy.compactMap { $0.values["n_studies"]?.mean }.first
  }

  /// It follows from the runs.
  public static var remedy: String {
    "delete it: the next steelyard compare in this folder makes it anew"
  }
}
