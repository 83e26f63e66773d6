internal import CTorch

extension Tensor {
  /// How one axis of each of N images is mixed into `length` places.
  public struct ImageAxes {
    /// First sample of each place, `[N, length]`.
    public let starts: [Int64]
    /// Weights of that sample and those behind it in 2⁻²², 0 beyond an image's end, `[N, length, taps]`.
    public let weights: [Int32]
    /// Places.
    public let length: Int
    /// Samples of the longest of the axes.
    public let longest: Int

    /// - Precondition: as many weights as `starts` times a number of taps.
    public init(starts: [Int64], weights: [Int32], length: Int, longest: Int) {
      (self.starts, self.weights, self.length, self.longest) = (starts, weights, length, longest)
    }
  }

  /// Images of any size, bytes `[P, 3]` one behind the other, scaled to one: `[N, H, W, 3]`. What one axis gives is rounded
  /// before the other is mixed.
  ///
  /// - Parameters:
  ///   - places: first pixel, width and height of each image, `[N, 3]`
  ///   - columns: how columns are mixed
  ///   - rows: how rows are mixed
  ///   - heightFirst: whether rows are mixed before columns
  /// - Throws: `TorchError` of other tensors, or without room on the device.
  public func scaledImages(
    places: [Int64], columns: ImageAxes, rows: ImageAxes, heightFirst: Bool
  ) throws(TorchError) -> Tensor {
    let count = places.count / 3
    let places = try amounts(places, [count, 3])
    let (across, down) = (try uploaded(columns, count), try uploaded(rows, count))
    return try images(
      ct_images_scaled(
        pointer, places.pointer, across.starts.pointer, across.weights.pointer,
        down.starts.pointer, down.weights.pointer, Int64(columns.longest), Int64(rows.longest),
        heightFirst),
      "scaledImages", places, across.starts, across.weights, down.starts, down.weights)
  }

  private func uploaded(
    _ axes: ImageAxes, _ count: Int
  ) throws(TorchError) -> (starts: Tensor, weights: Tensor) {
    let taps = axes.weights.count / max(axes.starts.count, 1)
    return (
      try amounts(axes.starts, [count, axes.length]),
      try amounts(axes.weights, [count, axes.length, taps])
    )
  }
}
