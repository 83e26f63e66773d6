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
  }

  /// Those of the drawn changes that are applied.
  ///
  /// - Parameters:
  ///   - size: of the image
  ///   - generator: four draws a step: the change, its level, whether it is applied, to which side
  public func operations(
    for size: ImageSize, using generator: inout RandomSource
  ) -> [any ImageOperation] {
    var result: [any ImageOperation] = []
    for _ in 0..<steps {
      let change = Change.allCases[generator.below(Change.allCases.count)]
      let level = Double(1 + generator.below(9)) / 10
      let isApplied = generator.uniform() < 0.5
      let sign = generator.uniform() < 0.5 ? -1.0 : 1.0
      if isApplied, let operation = change.operation(level: level, sign: sign, for: size) {
        result.append(operation)
      }
    }
    return result
  }
}

extension RandAugment.Change {
  /// The change by an amount; `nil` of nothing.
  ///
  /// - Parameters:
  ///   - level: part of the greatest change, 0…1
  ///   - sign: 1 or −1: to which side, where there are two
  ///   - size: of the image
  public func operation(level: Double, sign: Double, for size: ImageSize) -> (any ImageOperation)? {
    let factor = 0.05 + 0.9 * level
    switch self {
    case .autocontrast: return ToneAdjustment.autocontrast
    case .brightness: return ColorAdjustment.brightness(factor)
    case .saturation: return ColorAdjustment.saturation(factor)
    case .contrast: return ColorAdjustment.contrast(factor)
    case .equalize: return ToneAdjustment.equalize
    case .nothing: return nil
    case .posterize: return ToneAdjustment.posterize(bits: 4 + Int(4 * level))
    case .rotation: return AffineWarp(angle: sign * 30 * level)
    case .sharpness: return Sharpness(factor)
    case .shearX: return AffineWarp(shearX: sign * 0.3 * level)
    case .shearY: return AffineWarp(shearY: sign * 0.3 * level)
    case .solarize: return ToneAdjustment.solarize(threshold: 256 - Int(256 * level))
    case .shiftX: return AffineWarp(right: Int(sign * 0.3 * level * Double(size.width)))
    case .shiftY: return AffineWarp(down: Int(sign * 0.3 * level * Double(size.height)))
    }
  }
}
