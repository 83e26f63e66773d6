public import Evaluation

/// How well the uncertainty of a model's predictions tells its mistakes from what it got right:
/// `uncertainty-NAME.json`.
public struct UncertaintyRecord: VersionedJSON, Equatable {
  /// The chance that of a wrong and a right prediction the wrong one is the more uncertain, equal ones counting half;
  /// `nil` where all are right or all wrong.
  public var failureAUC: Double?
  /// Mean uncertainty of all, of right and of wrong predictions, in 0…1.
  public var uncertainty: Double, ofRight: Double?, ofWrong: Double?
  /// What part of the examples engages one expert, two, and so on, `[E]`; sums to 1.
  public var engaged: [Double]

  private enum CodingKeys: String, CodingKey {
    case failureAUC = "failure_auc"
    case uncertainty
    case ofRight = "uncertainty_right"
    case ofWrong = "uncertainty_wrong"
    case engaged
  }

  /// The record of predictions with columns `uncertainty` and `experts`; `nil` of others, and where
  /// no truth is known.
  ///
  /// - Parameter predictions: what a model says of a set, probabilities `[N, C]`.
  public init?(_ predictions: Predictions) {
    func column(_ name: String) -> [String]? {
      predictions.columns.first { $0.name == name }?.values
    }
    guard let said = column("uncertainty"), let counts = column("experts") else { return nil }
    let rows = predictions.truths.indices.filter { predictions.truths[$0] != nil }
    let unsure = rows.compactMap { Double(said[$0]) }
    let experts = rows.compactMap { Int(counts[$0]) }
    guard !rows.isEmpty, unsure.count == rows.count, experts.count == rows.count else { return nil }
    let wrong = rows.map { predictions.truths[$0] != predictions.predicted[$0] }
    failureAUC = Self.auc(unsure, wrong)
    uncertainty = unsure.reduce(0, +) / Double(unsure.count)
    func mean(_ wanted: Bool) -> Double? {
      let some = zip(unsure, wrong).filter { $0.1 == wanted }.map(\.0)
      return some.isEmpty ? nil : some.reduce(0, +) / Double(some.count)
    }
    (ofRight, ofWrong) = (mean(false), mean(true))
    let most = experts.reduce(1, max)
    engaged = (1...most).map { count in
      Double(experts.count { $0 == count }) / Double(experts.count)
    }
  }

  /// Encodes; what is undefined is `null`.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(failureAUC, forKey: .failureAUC)
    try fields.encode(uncertainty, forKey: .uncertainty)
    try fields.encode(ofRight, forKey: .ofRight)
    try fields.encode(ofWrong, forKey: .ofWrong)
    try fields.encode(engaged, forKey: .engaged)
  }

  /// The chance that a value of the marked is larger than one of the others, by ranks.
  ///
  /// - Returns: in 0…1; `nil` where none or all are marked.
  package static func auc(_ values: [Double], _ marked: [Bool]) -> Double? {
    let positives = marked.count { $0 }
    let negatives = marked.count - positives
    guard positives > 0, negatives > 0 else { return nil }
    let order = values.indices.sorted { values[$0] < values[$1] }
    var (sum, start) = (0.0, 0)
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      let rank = Double(start + end + 1) / 2
      for place in start..<end where marked[order[place]] { sum += rank }
      start = end
    }
    return (sum - Double(positives * (positives + 1)) / 2) / Double(positives * negatives)
  }
}
