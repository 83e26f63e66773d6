public import Torch

/// Sums over the processes of a run, whose batches are together the batch of a step.
///
/// Each process holds the same weights and steps with its own rows. Denominators are added before the backward
/// pass and gradients after it, so the mean over the rows of all processes is what every one of them follows.
/// Whatever a loss remembers of its rows stays with its process.
public protocol Exchange: Sendable {
  /// The sums of numbers `[n]` over all processes, place by place, `[n]`; each process gets the same.
  func sum(_ values: [Double]) -> [Double]

  /// Replaces tensors by their sums over all processes, in place.
  ///
  /// - Parameter tensors: of the same shapes in the same order in each process.
  /// - Postcondition: each process has the same bytes; the order of the additions is that of the processes.
  func sum(into tensors: [Tensor])
}

/// One process: every sum is what it was.
public struct SingleProcess: Exchange {
  /// Nothing to know.
  public init() {}

  /// The values themselves, `[n]`.
  public func sum(_ values: [Double]) -> [Double] { values }

  /// Leaves them, of whatever shape.
  public func sum(into tensors: [Tensor]) {}
}
