internal import CTorch

/// Operations on bytes of pictures `[N, H, W, 3]`, each picture by an amount of its own, with the bytes that the operations of
/// the module Imaging give.
///
/// They are made of libtorch's operations, on the device of the pictures: of whole numbers, or of single products and sums of
/// float32 and float64, so that every device that has these gives the same bytes.
extension Tensor {
  /// Each picture turned, scaled, sheared and shifted; the nearest pixel's value, black where nothing lands.
  ///
  /// - Parameter warps: cosine and sine by the scale, both shears, the centre, and where it is shifted to, `[N, 8]`
  /// - Precondition: pictures, and eight numbers of each.
  public func warpedImages(_ warps: [Double]) -> Tensor {
    let warps = amounts(warps, [shape[0], 8])
    return images(ct_images_warped(pointer, warps.pointer), "warpedImages", warps)
  }

  /// Levels `f v + (1 − f) a`, cut off at 0 and 255, the fraction dropped.
  ///
  /// - Parameters:
  ///   - factors: f of each picture, `[N]`
  ///   - towardsGrey: whether a is the picture's mean grey, `[N]`; else it is 0
  /// - Precondition: pictures, and a factor of each.
  public func blendedImages(factors: [Float], towardsGrey: [Bool]) -> Tensor {
    let pairs = amounts(factors.flatMap { [$0, 1 - $0] }, [shape[0], 2])
    let anchors = amounts(towardsGrey.map { $0 ? Float(1) : 0 }, [shape[0]])
    return images(
      ct_images_blended(pointer, pairs.pointer, anchors.pointer), "blendedImages", pairs, anchors)
  }

  /// Levels `f v + (1 − f) g` with the pixel's grey g, cut off at 0 and 255.
  ///
  /// - Parameter scales: f of each picture in 1/65536, `[N]`, at most 64
  /// - Precondition: pictures, and a factor of each.
  public func saturatedImages(_ scales: [Int32]) -> Tensor {
    let scales = amounts(scales, [shape[0]])
    return images(ct_images_saturated(pointer, scales.pointer), "saturatedImages", scales)
  }

  /// The hue turned along the circle.
  ///
  /// - Parameter turns: of each picture, in sixths of the circle, −6…6, `[N]`
  /// - Precondition: pictures, and a turn of each.
  public func hueTurnedImages(_ turns: [Float]) -> Tensor {
    let turns = amounts(turns, [shape[0]])
    return images(ct_images_hue_turned(pointer, turns.pointer), "hueTurnedImages", turns)
  }

  /// Levels by tables.
  ///
  /// - Parameter tables: what becomes of each level of each picture, `[N, 256]`
  /// - Precondition: pictures, and a table of each.
  public func mappedImages(_ tables: [UInt8]) -> Tensor {
    let tables = amounts(tables, [shape[0], 256])
    return images(ct_images_mapped(pointer, tables.pointer), "mappedImages", tables)
  }

  /// Each channel of each picture stretched from its darkest and brightest level to 0 and 255.
  /// - Precondition: pictures.
  public func stretchedImages() -> Tensor {
    images(ct_images_stretched(pointer), "stretchedImages")
  }

  /// Each channel of each picture with its levels spread evenly.
  /// - Precondition: pictures.
  public func equalizedImages() -> Tensor {
    images(ct_images_equalized(pointer), "equalizedImages")
  }

  /// Each picture blended with its smoothed copy s, `s + f (v − s)`.
  ///
  /// - Parameter factors: f of each picture, `[N]`
  /// - Precondition: pictures, and a factor of each.
  public func sharpenedImages(_ factors: [Float]) -> Tensor {
    let factors = amounts(factors, [shape[0]])
    return images(ct_images_sharpened(pointer, factors.pointer), "sharpenedImages", factors)
  }

  /// A rectangle of each picture painted.
  ///
  /// - Parameters:
  ///   - sides: first column, the one behind the last, first row, the one behind the last, of each picture, `[N, 4]`; may lie outside
  ///   - level: what is painted
  /// - Precondition: pictures, and four sides of each.
  public func coveredImages(_ sides: [Int64], with level: UInt8) -> Tensor {
    let sides = amounts(sides, [shape[0], 4])
    return images(
      ct_images_covered(pointer, sides.pointer, Int32(level)), "coveredImages", sides)
  }

  /// How one axis of each of N pictures is mixed into `length` places.
  public struct ImageAxes {
    /// First sample of each place, `[N, length]`.
    public let starts: [Int64]
    /// Weights of that sample and those behind it in 2⁻²², 0 beyond a picture's end, `[N, length, taps]`.
    public let weights: [Int32]
    /// Places.
    public let length: Int
    /// Samples, of every picture, along the axis that is longest.
    public let longest: Int

    /// - Precondition: as many weights as `starts` times a number of taps.
    public init(starts: [Int64], weights: [Int32], length: Int, longest: Int) {
      (self.starts, self.weights, self.length, self.longest) = (starts, weights, length, longest)
    }
  }

  /// Pictures of any size, bytes `[P, 3]` one behind the other, scaled to one: `[N, H, W, 3]`. What one axis gives is rounded
  /// before the other is mixed.
  ///
  /// - Parameters:
  ///   - places: first pixel, width and height of each picture, `[N, 3]`
  ///   - columns: how columns are mixed
  ///   - rows: how rows are mixed
  ///   - heightFirst: whether rows are mixed before columns
  /// - Precondition: pixels, and the axes of each picture.
  public func scaledImages(
    places: [Int64], columns: ImageAxes, rows: ImageAxes, heightFirst: Bool
  ) -> Tensor {
    let count = places.count / 3
    let places = amounts(places, [count, 3])
    let (across, down) = (uploaded(columns, count), uploaded(rows, count))
    return images(
      ct_images_scaled(
        pointer, places.pointer, across.starts.pointer, across.weights.pointer,
        down.starts.pointer, down.weights.pointer, Int64(columns.longest), Int64(rows.longest),
        heightFirst),
      "scaledImages", places, across.starts, across.weights, down.starts, down.weights)
  }

  private func uploaded(_ axes: ImageAxes, _ count: Int) -> (starts: Tensor, weights: Tensor) {
    let taps = axes.weights.count / max(axes.starts.count, 1)
    return (
      amounts(axes.starts, [count, axes.length]),
      amounts(axes.weights, [count, axes.length, taps])
    )
  }

  private func amounts<T: TensorScalar>(_ values: [T], _ shape: [Int]) -> Tensor {
    Tensor(values, shape: shape).moved(to: device)
  }

  private func images(
    _ made: OpaquePointer?, _ operation: StaticString, _ amounts: Tensor...
  ) -> Tensor {
    Tensor(made, operation, expected: "uint8 [N, H, W, 3] and amounts of N", got: [self] + amounts)
  }
}
