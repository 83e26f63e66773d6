/// What one row of a comparison came to, once a training, where the target is labels or a number: as ``MethodTrials`` of
/// classes, with metrics as functions of how often each test row counts.
public struct TargetTrials: Sendable {
  /// One training.
  public struct Trial: Sendable {
    /// What identifies each test row, `[N]`, in ascending order.
    public let paths: [String]
    /// The truth of each row in words, `[N]`: trainings that are paired have the same.
    public let truths: [String]
    /// Names of the labels, `[L]`; empty of numbers.
    public let labels: [String]
    /// Group of each row, `[N]`; `nil` where rows are independent.
    public let groups: [String]?
    /// Column of the groups.
    public let groupColumn: String?
    /// Names of the metrics, `[K]`; those of a training that tells less are the first of another's.
    package let names: [String]
    /// The metrics, `[K]`, NaN where undefined, of how often each row counts, `[N]`.
    let metrics: @Sendable ([Double]) -> [Double]
    /// Numbers of other sources by name: areas of labels, seconds.
    public let values: [String: Double]

    /// A training of its parts, in the shapes of its properties; `metrics` makes `[K]` of `[N]`.
    package init(
      paths: [String], truths: [String], labels: [String], groups: [String]?,
      groupColumn: String?, values: [String: Double], names: [String],
      metrics: @escaping @Sendable ([Double]) -> [Double]
    ) {
      (self.paths, self.truths, self.labels) = (paths, truths, labels)
      (self.groups, self.groupColumn) = (groups, groupColumn)
      (self.values, self.names, self.metrics) = (values, names, metrics)
    }

    /// The metrics of the names of a comparison, NaN where this training does not tell them.
    func metrics(_ weights: [Double], of names: [String]) -> [Double] {
      let own = metrics(weights)
      return own + [Double](repeating: .nan, count: max(0, names.count - own.count))
    }
  }

  /// What tables call it.
  public var label: String
  /// How many settings were tried on validation; 1 where nothing was chosen.
  public var tried: Int
  /// The trainings in the order of seeds or folds, `[S]`; `nil` of one that failed or is left out.
  public var trials: [Trial?]

  /// A row of its parts.
  public init(_ label: String, tried: Int = 1, trials: [Trial?]) {
    (self.label, self.tried, self.trials) = (label, tried, trials)
  }
}
