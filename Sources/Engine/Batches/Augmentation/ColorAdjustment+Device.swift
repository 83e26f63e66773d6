import Imaging
import Torch

extension ColorAdjustment: DeviceOperation {
  var hasBatch: Bool { true }

  private enum Kind { case blended, saturated, turned, unchanged }

  private var kind: Kind {
    switch self {
    case .brightness, .contrast: .blended
    case .saturation: .saturated
    case .hue(let turn): turn == 0 ? .unchanged : .turned
    }
  }

  /// The factor or turn.
  private var amount: Double {
    switch self {
    case .brightness(let amount), .contrast(let amount), .saturation(let amount), .hue(let amount):
      amount
    }
  }

  private var isContrast: Bool { if case .contrast = self { true } else { false } }

  static func apply(_ operations: [ColorAdjustment], to images: Tensor) throws -> Tensor {
    try images.byKind(operations.map(\.kind)) { kind, places, images in
      let operations = places.map { operations[$0] }
      let amounts = operations.map(\.amount)
      switch kind {
      case .blended:
        return try images.blendedImages(
          factors: amounts.map(Float.init), towardsGrey: operations.map(\.isContrast))
      case .saturated: return try images.saturatedImages(amounts.map(Self.scale(ofSaturation:)))
      case .turned: return try images.hueTurnedImages(amounts.map(Self.sixths(ofTurn:)))
      case .unchanged: return images
      }
    }
  }
}
