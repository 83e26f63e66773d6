public import Randomness
import Requirements

/// A turn, a scaling and a shift, each drawn uniformly from its range. A range of one value is no chance.
public struct RandomAffine: Transform, Equatable {
  /// Degrees clockwise.
  public let angle: ClosedRange<Double>
  /// Above 1 enlarges.
  public let scale: ClosedRange<Double>
  /// Greatest shift either way, as a fraction of the width.
  public let horizontalShift: Double
  /// Greatest shift either way, as a fraction of the height.
  public let verticalShift: Double
  /// How a value between pixels is found.
  public let sampling: AffineWarp.Sampling

  /// A random warp.
  ///
  /// - Parameters:
  ///   - angle: degrees clockwise
  ///   - scale: above 0; above 1 enlarges
  ///   - horizontalShift: greatest shift either way, a fraction 0…1 of the width
  ///   - verticalShift: greatest shift either way, a fraction 0…1 of the height
  ///   - sampling: how a value between pixels is found
  /// - Precondition: `scale` is above 0 and the shifts lie in 0…1.
  public init(
    angle: ClosedRange<Double> = 0...0, scale: ClosedRange<Double> = 1...1,
    horizontalShift: Double = 0, verticalShift: Double = 0, sampling: AffineWarp.Sampling = .nearest
  ) {
    require(
      scale.lowerBound > 0, "RandomAffine.init: expected scales above 0, got \(scale)")
    require(
      (0...1).contains(horizontalShift) && (0...1).contains(verticalShift),
      "RandomAffine.init: expected shifts in 0...1, got \(horizontalShift) and \(verticalShift)")
    self.angle = angle
    self.scale = scale
    self.horizontalShift = horizontalShift
    self.verticalShift = verticalShift
    self.sampling = sampling
  }

  /// The warp. Shifts are whole pixels.
  ///
  /// - Parameters:
  ///   - size: of the image
  ///   - generator: four draws: angle, scale, horizontal shift, vertical shift
  public func operations(
    for size: ImageSize, using generator: inout RandomSource
  ) -> [any ImageOperation] {
    let angle = generator.uniform(in: angle)
    let scale = generator.uniform(in: scale)
    let right = generator.uniform(in: -horizontalShift...horizontalShift) * Double(size.width)
    let down = generator.uniform(in: -verticalShift...verticalShift) * Double(size.height)
    let warp = AffineWarp(
      angle: angle, scale: scale, right: Int(right.rounded(.toNearestOrEven)),
      down: Int(down.rounded(.toNearestOrEven)), sampling: sampling)
    return [warp]
  }
}
