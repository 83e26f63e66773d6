/// What each decision costs: C_ck for an example of class c decided as k.
///
/// The decision of least expected cost is argmin_k Σ_c p_c·C_ck. With cost 1 for every mistake it is
/// the most probable class; with two classes it is a threshold at C₀₁/(C₀₁ + C₁₀).
///
/// Source: Elkan, "The foundations of cost-sensitive learning", IJCAI 2001.
public struct CostMatrix: Sendable, Equatable, Codable {
  /// C, `[C][C]`, rows the truth; any unit.
  public let costs: [[Double]]

  /// Costs of the decisions.
  ///
  /// - Parameters:
  ///   - costs: `[C][C]`, rows the truth, columns the decision; finite, negative for a gain.
  ///   - classes: Names, `[C]`, for errors.
  /// - Throws: `CostMatrixError` for another shape or a number that is not finite.
  public init(_ costs: [[Double]], classes: [String]) throws(CostMatrixError) {
    guard costs.count == classes.count, costs.allSatisfy({ $0.count == classes.count }) else {
      throw .wrongShape(rows: costs.map(\.count), classes: classes.count)
    }
    for (truth, row) in costs.enumerated() {
      for (decision, cost) in row.enumerated() where !cost.isFinite {
        throw .notFinite(truth: classes[truth], decision: classes[decision], value: "\(cost)")
      }
    }
    self.costs = costs
  }

  /// Reads what the encoder wrote.
  ///
  /// - Throws: `DecisionRuleError.badPart` for costs that are not square or not finite, `DecodingError` for another
  ///   form.
  public init(from decoder: any Decoder) throws {
    let costs = try decoder.container(keyedBy: CodingKeys.self)
      .decode([[Double]].self, forKey: .costs)
    self = try StoredPart("costs").checked { () throws(CostMatrixError) in
      try CostMatrix(costs, classes: costs.indices.map { "class \($0)" })
    }
  }

  /// Cost 1 for every mistake.
  ///
  /// - Parameter classes: `C`, at least 1.
  public init(mistakesOf classes: Int) {
    costs = (0..<classes).map { truth in (0..<classes).map { $0 == truth ? 0 : 1 } }
  }

  /// Σ_c p_c·C_ck for every decision k, `[C]`.
  ///
  /// - Parameter row: p, `[C]`.
  public func expected(_ row: ArraySlice<Double>) -> [Double] {
    costs.indices.map { decision in
      zip(row, costs).reduce(0) { $0 + $1.0 * $1.1[decision] }
    }
  }

  /// Mean cost of decisions on examples of known class; `nil` without examples.
  ///
  /// - Parameters:
  ///   - truths: True classes, `[N]`.
  ///   - decisions: Decided classes, `[N]`.
  public func mean(truths: [Int], decisions: [Int]) -> Double? {
    guard !truths.isEmpty else { return nil }
    return zip(truths, decisions).reduce(0) { $0 + costs[$1.0][$1.1] } / Double(truths.count)
  }
}

/// What can be wrong with a cost matrix.
public enum CostMatrixError: Error, Equatable, CustomStringConvertible {
  /// It is not square, or not of the number of classes.
  case wrongShape(rows: [Int], classes: Int)
  /// A cost is infinite or not a number.
  case notFinite(truth: String, decision: String, value: String)

  /// The mistake in English.
  public var description: String {
    switch self {
    case .wrongShape(let rows, let classes):
      "expected \(classes) rows of \(classes) costs, a row for each true class and a column for each "
        + "decision, got rows of \(rows)"
    case .notFinite(let truth, let decision, let value):
      "the cost of deciding '\(decision)' for '\(truth)' is \(value); expected a finite number"
    }
  }
}
