import Imaging
import Torch

/// How the axes of one image mix into those of the batch's images.
struct ImageScaling: Sendable {
  let resize: Resize
  /// Of the image.
  let size: ImageSize
  let columns: ResampleAxis
  let rows: ResampleAxis
  /// Whether rows are mixed before columns.
  let isHeightFirst: Bool

  /// - Parameters:
  ///   - resize: the scaling.
  ///   - size: of the image.
  init(_ resize: Resize, of size: ImageSize) {
    (self.resize, self.size) = (resize, size)
    columns = ResampleAxis(from: size.width, to: resize.size.width, resize.sampling)
    rows = ResampleAxis(from: size.height, to: resize.size.height, resize.sampling)
    isHeightFirst = resize.isHeightFirst(from: size)
  }

  /// Of an image that has the size already: it stays as it is.
  init(of size: ImageSize) { self.init(Resize(size, sampling: .nearest), of: size) }
}

extension Tensor {
  /// Images of any size, uint8 `[P, 3]` one behind the other, scaled to one: `[N, H, W, 3]`.
  ///
  /// - Parameters:
  ///   - scalings: of each image, at least one
  ///   - starts: first pixel of each image
  /// - Throws: `TorchError` where the device has no room.
  func scaled(_ scalings: [ImageScaling], from starts: [Int]) throws -> Tensor {
    try Kinds(scalings.map(\.isHeightFirst)).joined(on: device) {
      isHeightFirst, rows, _ in
      let own = rows.map { scalings[$0] }
      let places = rows.flatMap { row in
        [starts[row], scalings[row].size.width, scalings[row].size.height].map(Int64.init)
      }
      return try scaledImages(
        places: places,
        columns: ImageAxes(own.map(\.columns), longest: own.map(\.size.width).max() ?? 0),
        rows: ImageAxes(own.map(\.rows), longest: own.map(\.size.height).max() ?? 0),
        heightFirst: isHeightFirst)
    }
  }
}

extension Tensor.ImageAxes {
  /// Those of several images, whose weights are filled up with zeros to the most that a place has.
  fileprivate init(_ axes: [ResampleAxis], longest: Int) {
    let length = axes.first?.count ?? 0
    let taps = axes.map(\.mostTaps).max() ?? 0
    var weights: [Int32] = []
    weights.reserveCapacity(axes.count * length * taps)
    for axis in axes {
      for place in 0..<length {
        let own = axis.weights[Int(axis.offsets[place])..<Int(axis.offsets[place + 1])]
        weights += own
        weights += repeatElement(0, count: taps - own.count)
      }
    }
    self.init(
      starts: axes.flatMap { $0.starts.map(Int64.init) }, weights: weights, length: length,
      longest: longest)
  }
}
