import Requirements
public import Sampling

/// One part of a training run: what it draws and what it minimises.
///
/// Weights and running statistics go on from stage to stage; the optimiser and the objective's memory
/// begin anew.
public struct Stage: Sendable {
  /// Part of the run that the stage takes, in `0...1`; the stages of a method sum to 1.
  public var fraction: Double
  /// Where the examples come from; at least one stream, as many as the objective joins.
  public var streams: [Stream]
  /// What each step minimises.
  public var objective: any Objective

  /// - Parameters:
  ///   - objective: what each step minimises.
  ///   - samplers: one per stream that the objective joins.
  ///   - fraction: part of the run, in `0...1`.
  /// - Precondition: as many samplers as the objective joins streams; `fraction` in `0...1`.
  public init(
    _ objective: any Objective, samplers: [any Sampler] = [UniformSampler()],
    fraction: Double = 1
  ) {
    require(
      samplers.count == objective.streams,
      "Stage: expected \(objective.streams) sampler(s) for \(type(of: objective)), "
        + "got \(samplers.count)")
    require(
      (0...1).contains(fraction), "Stage: expected a fraction between 0 and 1, got \(fraction)")
    self.objective = objective
    self.fraction = fraction
    streams = samplers.map(Stream.init)
  }

  /// What part of the label mass is expected to fall on each class:
  /// Σ_s E[weight_s] · P_s(c).
  ///
  /// - Parameters:
  ///   - classes: counts of the training set.
  ///   - progress: part of the stage that is over, in `0...1`.
  /// - Returns: `[C]`; sums to 1.
  public func expectedLabelMass(for classes: ClassCounts, progress: Double) -> [Double] {
    var mass = [Double](repeating: 0, count: classes.count)
    for (weight, stream) in zip(objective.expectedWeights, streams) {
      let p = stream.sampler.distribution(for: classes, progress: progress)
      for c in mass.indices { mass[c] += weight * p[c] }
    }
    return mass
  }
}
