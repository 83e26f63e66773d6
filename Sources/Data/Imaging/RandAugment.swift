public import Randomness
import Requirements

/// A few changes drawn from fourteen, each applied with probability one half and at a level of its own.
///
/// Levels are 1/10…9/10 of the greatest change. The changes and their greatest amounts: autocontrast, brightness,
/// saturation, contrast and sharpness by factors .05 + .9 level, equalize, nothing, posterize to 4 + ⌊4 level⌋ bits,
/// solarize from 256 − ⌊256 level⌋, a turn by 30°, a shear by .3 and a shift by .3 along either axis, each to
/// either side.
///
/// Source: Cubuk, Zoph, Shlens, Le, "RandAugment", NeurIPS 2020, with the pool of FixMatch (Sohn et al., NeurIPS 2020).
public struct RandAugment: Transform, Equatable {
  /// Changes drawn, at least 0.
  public let steps: Int

  /// - Parameter steps: changes drawn, at least 0
  /// - Precondition: `steps` is at least 0.
  public init(steps: Int = 2) {
    require(steps >= 0, "RandAugment.init: expected at least 0 steps, got \(steps)")
    self.steps = steps
  }

  /// One of the changes.
  public enum Change: String, Sendable, CaseIterable {
    case autocontrast, brightness, saturation, contrast, equalize, nothing, posterize, rotation
    case sharpness, shearX, shearY, solarize, shiftX, shiftY

    /// Whether it moves pixels; the others change values alone.
    public var movesPixels: Bool {
      switch self {
      case .rotation, .shearX, .shearY, .shiftX, .shiftY: true
      case .autocontrast, .brightness, .saturation, .contrast, .equalize, .nothing, .posterize:
        false
      case .sharpness, .solarize: false
      }
    }
  }

  /// The changed image.
  ///
  /// - Parameters:
  ///   - image: 1 or 3 channels
  ///   - generator: four draws a step: the change, its level, whether it is applied, to which side
  public func callAsFunction(_ image: Image, using generator: inout RandomSource) -> Image {
    changed(image, by: { _ in true }, using: &generator)
  }

  /// The changes that move pixels, which take the nearest pixel's value; of the others the draws alone.
  public var onTarget: any Transform { Moves(of: self) }

  private struct Moves: Transform {
    let augmentation: RandAugment

    init(of augmentation: RandAugment) { self.augmentation = augmentation }

    func callAsFunction(_ image: Image, using generator: inout RandomSource) -> Image {
      augmentation.changed(image, by: \.movesPixels, using: &generator)
    }

    var onTarget: any Transform { self }
  }

  /// The image after those of the drawn changes that `isMeant` names.
  private func changed(
    _ image: Image, by isMeant: (Change) -> Bool, using generator: inout RandomSource
  ) -> Image {
    var image = image
    for _ in 0..<steps {
      let change = Change.allCases[generator.below(Change.allCases.count)]
      let level = Double(1 + generator.below(9)) / 10
      let isApplied = generator.uniform() < 0.5
      let sign = generator.uniform() < 0.5 ? -1.0 : 1.0
      if isApplied && isMeant(change) {
        image = Self.apply(change, level: level, sign: sign, to: image)
      }
    }
    return image
  }

  /// An image after one change.
  ///
  /// - Parameters:
  ///   - change: what is done
  ///   - level: part of the greatest change, 0…1
  ///   - sign: 1 or −1: to which side, where there are two
  ///   - image: 1 or 3 channels
  public static func apply(
    _ change: Change, level: Double, sign: Double, to image: Image
  ) -> Image {
    let factor = 0.05 + 0.9 * level
    switch change {
    case .autocontrast: return ToneAdjustment.autocontrast(image)
    case .brightness: return ColorAdjustment.brightness(factor)(image)
    case .saturation: return ColorAdjustment.saturation(factor)(image)
    case .contrast: return ColorAdjustment.contrast(factor)(image)
    case .equalize: return ToneAdjustment.equalize(image)
    case .nothing: return image
    case .posterize: return ToneAdjustment.posterize(bits: 4 + Int(4 * level))(image)
    case .rotation: return AffineWarp(angle: sign * 30 * level)(image)
    case .sharpness: return Sharpness(factor)(image)
    case .shearX: return AffineWarp(shearX: sign * 0.3 * level)(image)
    case .shearY: return AffineWarp(shearY: sign * 0.3 * level)(image)
    case .solarize: return ToneAdjustment.solarize(threshold: 256 - Int(256 * level))(image)
    case .shiftX: return AffineWarp(right: Int(sign * 0.3 * level * Double(image.width)))(image)
    case .shiftY: return AffineWarp(down: Int(sign * 0.3 * level * Double(image.height)))(image)
    }
  }
}
