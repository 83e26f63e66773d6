import Requirements
import Torch

extension Context {
  /// Where a batch of series has values, `[N, 1, T]`, true before each row's length.
  ///
  /// - Parameter x: `[N, C, T]`, as long as the lengths were counted for.
  /// - Returns: `nil` where all of the batch is valid, and for what is no series.
  func valid(_ x: Tensor) -> Tensor? {
    guard let lengths, x.rank == 3 else { return nil }
    let (rows, steps) = (x.shape[0], x.shape[2])
    require(
      lengths.shape == [rows],
      "Context.lengths: expected a length for each of \(rows) rows, got \(lengths.shape)")
    return Tensor.arange(steps).moved(to: x.device).reshaped([1, 1, steps])
      .less(than: lengths.reshaped([rows, 1, 1]))
  }

  /// The batch with 0 at what is not valid, whatever stood there.
  ///
  /// - Parameter x: `[N, C, T]`.
  func masked(_ x: Tensor) -> Tensor {
    guard let valid = valid(x) else { return x }
    return Self.masked(x, valid)
  }

  /// The batch with 0 at what is not valid, whatever stood there.
  ///
  /// - Parameters:
  ///   - x: `[N, C, T]`.
  ///   - valid: `[N, 1, T]`, booleans.
  static func masked(_ x: Tensor, _ valid: Tensor) -> Tensor {
    Tensor.where(valid, x, Tensor.zeros([], dtype: x.dtype, device: x.device))
  }
}
