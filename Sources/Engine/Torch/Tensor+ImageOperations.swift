internal import CTorch

/// Operations on bytes of images `[N, H, W, 3]`, each image by an amount of its own, with the bytes that the operations of
/// the module Imaging give.
///
/// They are made of libtorch's operations, on the device of the images: of whole numbers, or of single products and sums of
/// float32 and float64, so that every device that has these gives the same bytes.
extension Tensor {
  /// Each image turned, scaled, sheared and shifted; the nearest pixel's value, black where nothing lands.
  ///
  /// - Parameter warps: cosine and sine by the scale, both shears, the centre, and where it is shifted to, `[N, 8]`
  /// - Throws: `TorchError` of other tensors, or without room on the device.
  /// - Precondition: as many amounts as the shape says.
  public func warpedImages(_ warps: [Double]) throws(TorchError) -> Tensor {
    let warps = try amounts(warps, [shape[0], 8])
    return try images(ct_images_warped(pointer, warps.pointer), "warpedImages", warps)
  }

  /// Levels `f v + (1 − f) a`, cut off at 0 and 255, the fraction dropped.
  ///
  /// - Parameters:
  ///   - factors: f of each image, `[N]`
  ///   - towardsGrey: whether a is the image's mean grey, `[N]`; else it is 0
  /// - Throws: `TorchError` of other tensors, or without room on the device.
  /// - Precondition: as many amounts as the shape says.
  public func blendedImages(factors: [Float], towardsGrey: [Bool]) throws(TorchError) -> Tensor {
    let pairs = try amounts(factors.flatMap { [$0, 1 - $0] }, [shape[0], 2])
    let anchors = try amounts(towardsGrey.map { $0 ? Float(1) : 0 }, [shape[0]])
    return try images(
      ct_images_blended(pointer, pairs.pointer, anchors.pointer), "blendedImages", pairs, anchors)
  }

  /// Levels `f v + (1 − f) g` with the pixel's grey g, cut off at 0 and 255.
  ///
  /// - Parameter scales: f of each image in 1/65536, `[N]`, at most 64
  /// - Throws: `TorchError` of other tensors, or without room on the device.
  /// - Precondition: as many amounts as the shape says.
  public func saturatedImages(_ scales: [Int32]) throws(TorchError) -> Tensor {
    let scales = try amounts(scales, [shape[0]])
    return try images(ct_images_saturated(pointer, scales.pointer), "saturatedImages", scales)
  }

  /// The hue turned along the circle.
  ///
  /// - Parameter turns: of each image, in sixths of the circle, −6…6, `[N]`
  /// - Throws: `TorchError` of other tensors, or without room on the device.
  /// - Precondition: as many amounts as the shape says.
  public func hueTurnedImages(_ turns: [Float]) throws(TorchError) -> Tensor {
    let turns = try amounts(turns, [shape[0]])
    return try images(ct_images_hue_turned(pointer, turns.pointer), "hueTurnedImages", turns)
  }

  /// Levels by tables.
  ///
  /// - Parameter tables: what becomes of each level of each image, `[N, 256]`
  /// - Throws: `TorchError` of other tensors, or without room on the device.
  /// - Precondition: as many amounts as the shape says.
  public func mappedImages(_ tables: [UInt8]) throws(TorchError) -> Tensor {
    let tables = try amounts(tables, [shape[0], 256])
    return try images(ct_images_mapped(pointer, tables.pointer), "mappedImages", tables)
  }

  /// Each channel of each image stretched from its darkest and brightest level to 0 and 255.
  /// - Throws: `TorchError` of other tensors, or without room on the device.
  public func stretchedImages() throws(TorchError) -> Tensor {
    try images(ct_images_stretched(pointer), "stretchedImages")
  }

  /// Each channel of each image with its levels spread evenly.
  /// - Throws: `TorchError` of other tensors, or without room on the device.
  public func equalizedImages() throws(TorchError) -> Tensor {
    try images(ct_images_equalized(pointer), "equalizedImages")
  }

  /// Each image blended with its smoothed copy s, `s + f (v − s)`.
  ///
  /// - Parameter factors: f of each image, `[N]`
  /// - Throws: `TorchError` of other tensors, or without room on the device.
  /// - Precondition: as many amounts as the shape says.
  public func sharpenedImages(_ factors: [Float]) throws(TorchError) -> Tensor {
    let factors = try amounts(factors, [shape[0]])
    return try images(ct_images_sharpened(pointer, factors.pointer), "sharpenedImages", factors)
  }

  /// A rectangle of each image painted.
  ///
  /// - Parameters:
  ///   - sides: first column, the one behind the last, first row, the one behind the last, of each image, `[N, 4]`; may lie outside
  ///   - level: what is painted
  /// - Throws: `TorchError` of other tensors, or without room on the device.
  /// - Precondition: as many amounts as the shape says.
  public func coveredImages(_ sides: [Int64], with level: UInt8) throws(TorchError) -> Tensor {
    let sides = try amounts(sides, [shape[0], 4])
    return try images(
      ct_images_covered(pointer, sides.pointer, Int32(level)), "coveredImages", sides)
  }

  func amounts<T: TensorScalar>(_ values: [T], _ shape: [Int]) throws(TorchError) -> Tensor {
    try Tensor(values, shape: shape).to(device)
  }

  func images(
    _ made: OpaquePointer?, _ operation: String, _ amounts: Tensor...
  ) throws(TorchError) -> Tensor {
    defer { withExtendedLifetime(amounts) {} }
    guard let made else {
      throw TorchError(operation: "Tensor.\(operation)", reason: lastMessage())
    }
    return Tensor(handle: Handle(made))
  }
}
