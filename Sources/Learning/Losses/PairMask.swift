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
