import Torch

extension Tensor {
  /// The mean over the pixels: `[N, C, H, W]` → `[N, C]`.
  func globalMean() -> Tensor { mean(dims: [2, 3], keepDims: false) }

  /// Every `stride`-th pixel along both axes: `[N, C, H, W]` → `[N, C, ⌈H/s⌉, ⌈W/s⌉]`.
  ///
  /// A pooling window of one pixel, so the layout in memory stays as it is.
  func subsampled(by stride: Int) -> Tensor {
    stride == 1 ? self : avgPool2d(kernel: 1, stride: stride, padding: 0)
  }
}
