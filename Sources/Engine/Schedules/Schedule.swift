/// How a rate changes while training goes on: a pure function of progress.
///
///     let schedule = Warmup(fraction: 0.05, then: Cosine(floor: 0.01))
///     let rate = 0.1 * schedule(Double(step) / Double(steps))
public protocol Schedule: Sendable {
  /// The factor of the base rate.
  ///
  /// - Parameter progress: part of the run that is over, in `0...1`; values outside count as the
  ///   nearer end.
  /// - Returns: a factor, usually in `0...1`.
  func callAsFunction(_ progress: Double) -> Double
}

/// Steps fall on progress values that are quotients of counts; this much rounding is forgiven
/// where a schedule jumps. Far less than one step of any run.
let roundingSlack = 1e-9
