public import Randomness

/// Chooses which training examples an epoch sees, and in what order.
///
/// A sampler is a value without state: what it draws is a function of its arguments alone.
public protocol Sampler: Sendable {
  /// Draws one epoch.
  ///
  /// - Parameters:
  ///   - labels: class of every training example, `[N]`.
  ///   - classes: counts of these very labels.
  ///   - progress: part of the stage that is over when the epoch starts, in `0...1`; 0 in the
  ///     first epoch, 1 in the last.
  ///   - generator: where the randomness comes from.
  /// - Returns: `N` indices into `labels`, in training order.
  func indices(
    for labels: [Int], classes: ClassCounts, progress: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Int]

  /// What a single draw of `indices` is likely to be.
  ///
  /// - Returns: P(c) at `progress`, `[C]`; sums to 1.
  func distribution(for classes: ClassCounts, progress: Double) -> [Double]

  /// The sampler of one run: what it draws once and keeps for all epochs, it draws from this key.
  ///
  /// - Parameter key: of the run and the stream.
  /// - Returns: itself where nothing is kept, as of most.
  func keyed(by key: RandomKey) -> any Sampler
}

extension Sampler {
  /// Itself: nothing is drawn that is kept.
  public func keyed(by key: RandomKey) -> any Sampler { self }
}
