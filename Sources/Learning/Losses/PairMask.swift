import Requirements
public import Torch

/// Which pairs of rows and columns belong together, as 1 and 0, `[N, M]`, float32: masks for a ``Contrast``.
///
/// Masks are made where the numbers are, so a step does not wait for its device.
public enum PairMask {
  /// Pairs of equal numbers, such as labels.
  ///
  /// - Parameters:
  ///   - rows: `[N]`.
  ///   - columns: `[M]`, on the same device.
  public static func equal(_ rows: Tensor, _ columns: Tensor) -> Tensor {
    rows.unsqueezed(1).equal(to: columns.unsqueezed(0)).to(.float32)
  }

  /// So many of the pairs of each row, all equally likely; all of them where there are no more.
  ///
  /// - Parameters:
  ///   - mask: 1 and 0, `[N, M]`.
  ///   - count: pairs of a row that are left, at least 1.
  ///   - generator: N × M draws, on the processor.
  /// - Returns: a mask `[N, M]`.
  /// - Precondition: `count` is at least 1.
  public static func drawn(_ mask: Tensor, count: Int, using generator: Generator) -> Tensor {
    require(count >= 1, "PairMask.drawn: expected at least 1 pair a row, got \(count)")
    guard count < mask.shape[1] else { return mask }
    // Of positive draws, those of pairs that are not there become 0 and so come last.
    let draws = Tensor.uniform(mask.shape, using: generator, dtype: .float64)
    let scores = draws.moved(to: mask.device) * mask.to(.float64)
    let last = scores.sorted(dim: 1, descending: true)
      .narrowed(dim: 1, start: count - 1, length: 1)
    return mask * scores.less(than: last).logicalNot().to(mask.dtype)
  }

  /// Each row with itself, `[N, N]`.
  ///
  /// - Parameters:
  ///   - count: N.
  ///   - device: where the mask shall live.
  public static func diagonal(_ count: Int, on device: Device) -> Tensor {
    let places = Tensor.arange(count)
    return equal(places, places).moved(to: device)
  }
}
