import Requirements
import Torch

/// Views of images at the time of use, whose features are averaged: none is random.
///
/// In order: the image; its mirror image; then windows of 7/8 of each side, brought back to the size by bicubic
/// interpolation, each followed by its mirror image: centre, top left, top right, bottom left, bottom right.
enum TestViews {
  /// How many there are.
  static let most = 12

  /// The first views of a batch.
  ///
  /// - Parameters:
  ///   - count: how many, in `1...12`.
  ///   - images: `[N, 3, H, W]`.
  static func first(_ count: Int, of images: Tensor) -> [Tensor] {
    require(
      (1...most).contains(count) && images.rank == 4,
      "TestViews: expected 1 to \(most) views of images, got \(count) of \(images.shape)")
    return (0..<count).map { number in
      let window = number < 2 ? images : self.window(number / 2 - 1, of: images)
      return number.isMultiple(of: 2) ? window : window.flipped(3)
    }
  }

  private static func window(_ number: Int, of images: Tensor) -> Tensor {
    let (height, width) = (images.shape[2], images.shape[3])
    let (h, w) = (max(height * 7 / 8, 1), max(width * 7 / 8, 1))
    let (bottom, right) = (height - h, width - w)
    let corners = [(bottom / 2, right / 2), (0, 0), (0, right), (bottom, 0), (bottom, right)]
    let (top, left) = corners[number]
    return images.narrowed(dim: 2, start: top, length: h)
      .narrowed(dim: 3, start: left, length: w)
      .resizedBicubic(height: height, width: width)
  }
}
