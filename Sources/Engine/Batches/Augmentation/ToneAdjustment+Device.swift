import Imaging
import Torch

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

  static func apply(_ operations: [ToneAdjustment], to images: Tensor) throws -> Tensor {
    try images.byKind(operations.map(\.kind)) { kind, places, images in
      switch kind {
      case .stretched: try images.stretchedImages()
      case .equalized: try images.equalizedImages()
      case .mapped: try images.mappedImages(places.flatMap { operations[$0].fixedTable ?? [] })
      }
    }
  }
}
