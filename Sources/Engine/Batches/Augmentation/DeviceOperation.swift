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
  static func apply(_ operations: [Self], to images: Tensor) -> Tensor
}

extension DeviceOperation {
  /// The changed images, of operations of this type.
  static func apply(any operations: [any DeviceOperation], to images: Tensor) -> Tensor {
    apply(operations.compactMap { $0 as? Self }, to: images)
  }
}

extension Orientation: DeviceOperation {
  var hasBatch: Bool { !swapsAxes }

  static func apply(_ operations: [Orientation], to images: Tensor) -> Tensor {
    images.byKind(operations) { orientation, _, images in
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

  static func apply(_ operations: [AffineWarp], to images: Tensor) -> Tensor {
    let size = ImageSize(width: images.shape[2], height: images.shape[1])
    return images.warpedImages(operations.flatMap { $0.numbers(in: size) })
  }
}

extension ToneAdjustment: DeviceOperation {
  var hasBatch: Bool { true }

  private enum Kind { case stretched, equalized, mapped }

  private var kind: Kind {
    switch self {
    case .autocontrast: .stretched
    case .equalize: .equalized
    case .posterize, .solarize: .mapped
    }
  }

  static func apply(_ operations: [ToneAdjustment], to images: Tensor) -> Tensor {
    images.byKind(operations.map(\.kind)) { kind, places, images in
      switch kind {
      case .stretched: images.stretchedImages()
      case .equalized: images.equalizedImages()
      case .mapped: images.mappedImages(places.flatMap { operations[$0].fixedTable ?? [] })
      }
    }
  }
}

extension Sharpness: DeviceOperation {
  var hasBatch: Bool { true }

  static func apply(_ operations: [Sharpness], to images: Tensor) -> Tensor {
    images.sharpenedImages(operations.map { Float($0.factor) })
  }
}

extension Cover: DeviceOperation {
  var hasBatch: Bool { true }

  static func apply(_ operations: [Cover], to images: Tensor) -> Tensor {
    let sides = operations.flatMap {
      [$0.columns.lowerBound, $0.columns.upperBound, $0.rows.lowerBound, $0.rows.upperBound]
    }
    return images.coveredImages(sides.map(Int64.init), with: grey)
  }
}
