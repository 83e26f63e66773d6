import Requirements

/// A straight rise from `start` to 1 over the first part of the run, then another schedule,
/// whole, over the rest.
///
/// The values are those of torch's `SequentialLR` of `LinearLR` and the other, and of timm's
/// schedulers with `warmup_prefix=True`.
public struct Warmup<Rest: Schedule>: Schedule {
  /// Part of the run that the rise takes, in `0..<1`.
  public let fraction: Double
  /// Factor at the very beginning, in `0...1`.
  public let start: Double
  /// What follows; sees progress 0 when the rise is over.
  public let rest: Rest

  /// - Parameters:
  ///   - fraction: part of the run that the rise takes, in `0..<1`; 0 leaves it out.
  ///   - start: factor at the very beginning, in `0...1`.
  ///   - rest: what follows.
  /// - Precondition: `fraction` is in `0..<1` and `start` in `0...1`.
  public init(fraction: Double, start: Double = 0, then rest: Rest) {
    require(
      (0..<1).contains(fraction),
      "Warmup: expected a fraction of the run from 0 to below 1, got \(fraction)")
    require((0...1).contains(start), "Warmup: expected a start between 0 and 1, got \(start)")
    (self.fraction, self.start, self.rest) = (fraction, start, rest)
  }

  /// `start` at progress 0, 1 at `fraction`, then what follows.
  public func callAsFunction(_ progress: Double) -> Double {
    let t = min(max(progress, 0), 1)
    if t < fraction - roundingSlack { return start + (1 - start) * t / fraction }
    return rest((t - fraction) / (1 - fraction))
  }
}
