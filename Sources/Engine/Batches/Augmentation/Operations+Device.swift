import Imaging
import Torch

extension Orientation: DeviceOperation {
  var hasBatch: Bool { !swapsAxes }

  static func apply(_ operations: [Orientation], to images: Tensor) throws -> Tensor {
    try images.byKind(operations) { orientation, _, images in
      switch orientation {
      case .mirrored: images.flipped(2)
      case .flipped: images.flipped(1)
      case .upsideDown: images.flipped(1).flipped(2)
      default: images
      }
    }
  }
}

extension AffineWarp: DeviceOperation {
  var hasBatch: Bool { sampling == .nearest }

  static func apply(_ operations: [AffineWarp], to images: Tensor) throws -> Tensor {
    let size = ImageSize(width: images.shape[2], height: images.shape[1])
    return try images.warpedImages(operations.flatMap { $0.numbers(in: size) })
  }
}

extension Sharpness: DeviceOperation {
  var hasBatch: Bool { true }

  static func apply(_ operations: [Sharpness], to images: Tensor) throws -> Tensor {
    try images.sharpenedImages(operations.map { Float($0.factor) })
  }
}

extension Cover: DeviceOperation {
  var hasBatch: Bool { true }

  static func apply(_ operations: [Cover], to images: Tensor) throws -> Tensor {
    let sides = operations.flatMap {
      [$0.columns.lowerBound, $0.columns.upperBound, $0.rows.lowerBound, $0.rows.upperBound]
    }
    return try images.coveredImages(sides.map(Int64.init), with: grey)
  }
}
