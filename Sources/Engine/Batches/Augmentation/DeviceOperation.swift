import Imaging
import Torch

/// An operation that can be made of many images at once, where they are, with the bytes that it makes of each alone.
protocol DeviceOperation: ImageOperation {
  /// Whether this one can; it keeps an image's size then.
  var hasBatch: Bool { get }

  /// The changed images, contiguous.
  ///
  /// - Parameters:
  ///   - operations: one of each image
  ///   - images: uint8 `[N, H, W, 3]`
  /// - Throws: `TorchError` where the device has no room.
  static func apply(_ operations: [Self], to images: Tensor) throws -> Tensor
}

extension DeviceOperation {
  /// The changed images, of operations of this type.
  static func apply(
    any operations: [any DeviceOperation], to images: Tensor
  ) throws -> Tensor {
    try apply(operations.compactMap { $0 as? Self }, to: images)
  }
}
