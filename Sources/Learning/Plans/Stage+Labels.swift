import Requirements
public import Sampling

extension Stage {
  /// Whether all its streams can draw examples that may have several labels.
  public var drawsLabels: Bool { streams.allSatisfy { $0.sampler is any LabelSampler } }

  /// How likely each label is to be there, and to be known, in a row that the objective sees: Σ_s E[weight_s] of what the
  /// draws of each stream are likely to have.
  ///
  /// Exact, for a mixture of two rows has of each entry's weight and value what the rows have of it.
  ///
  /// - Parameters:
  ///   - table: labels of the training set.
  ///   - progress: part of the stage that is over, in `0...1`.
  /// - Returns: `[L]` each, in `0...1`.
  /// - Precondition: ``drawsLabels``.
  public func expectedShares(
    of table: LabelTable, progress: Double
  ) -> (present: [Double], known: [Double]) {
    var present = [Double](repeating: 0, count: table.width)
    var known = present
    for (stream, weight) in zip(streams, objective.expectedWeights(at: progress)) {
      guard let sampler = stream.sampler as? any LabelSampler else {
        requirementFailed(
          "Stage.expectedShares: expected a sampler of labels, got \(type(of: stream.sampler))")
      }
      let shares = table.shares(sampler.probabilities(of: table, progress: progress))
      for label in present.indices {
        present[label] += weight * shares.present[label]
        known[label] += weight * shares.known[label]
      }
    }
    return (present, known)
  }

  /// What part of all labels that are there is expected to be each, `[L]`; sums to 1.
  ///
  /// - Parameters:
  ///   - table: labels of the training set.
  ///   - progress: part of the stage that is over, in `0...1`.
  /// - Precondition: ``drawsLabels``.
  public func expectedLabelMass(of table: LabelTable, progress: Double) -> [Double] {
    let present = expectedShares(of: table, progress: progress).present
    let total = present.reduce(0, +)
    return present.map { total > 0 ? $0 / total : 0 }
  }

  /// The same beginning with heads that say of each label the share of known entries in which the objective will see it.
  ///
  /// - Parameter table: labels of the training set.
  /// - Precondition: ``drawsLabels``.
  public func beginning(withSharesOf table: LabelTable) -> Stage {
    let (present, known) = expectedShares(of: table, progress: 0)
    var stage = self
    stage.opening = [
      PriorBias(
        zip(present, known).map { min(max($0 / max($1, 1e-12), 1e-6), 1 - 1e-6) })
    ]
    return stage
  }
}
