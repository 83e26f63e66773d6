import Foundation
public import Randomness
import Requirements

/// A window of random area and proportions at a random place, scaled to a size.
///
/// The area is uniform, the logarithm of the proportions too. After ten windows that do not fit, the
/// largest centred window of permitted proportions is taken.
///
/// Source: Szegedy et al., Going Deeper with Convolutions, 2015, section 6; the ten attempts are
/// torchvision's.
public struct RandomResizedCrop: Transform, Equatable {
  /// Of the result.
  public let size: ImageSize
  /// Area of the window as a fraction of the image's, within 0…1.
  public let scale: ClosedRange<Double>
  /// Width by height of the window, above 0.
  public let ratio: ClosedRange<Double>
  /// How a value between pixels is found.
  public let sampling: Interpolation

  /// A crop.
  ///
  /// - Parameters:
  ///   - size: of the result
  ///   - scale: area of the window as a fraction of the image's, within 0…1
  ///   - ratio: width by height of the window, above 0
  ///   - sampling: how a value between pixels is found, as in `Resize`
  /// - Precondition: `scale` lies in 0…1, above 0, and `ratio` above 0.
  public init(
    _ size: ImageSize, scale: ClosedRange<Double> = 0.08...1,
    ratio: ClosedRange<Double> = 0.75...(4.0 / 3.0), sampling: Interpolation = .bilinear
  ) {
    require(
      scale.lowerBound > 0 && scale.upperBound <= 1,
      "RandomResizedCrop.init: expected a scale within 0...1 and above 0, got \(scale)")
    require(
      ratio.lowerBound > 0, "RandomResizedCrop.init: expected a ratio above 0, got \(ratio)")
    self.size = size
    self.scale = scale
    self.ratio = ratio
    self.sampling = sampling
  }

  /// The window and its scaling.
  ///
  /// - Parameters:
  ///   - size: of the image
  ///   - generator: two draws an attempt, two more for the place
  public func operations(
    for size: ImageSize, using generator: inout RandomSource
  ) -> [any ImageOperation] {
    let resize = Resize(self.size, sampling: sampling)
    let logRatio = log(ratio.lowerBound)...log(ratio.upperBound)
    for _ in 0..<10 {
      let area = generator.uniform(in: scale) * Double(size.width * size.height)
      let proportion = exp(generator.uniform(in: logRatio))
      let width = Int((area * proportion).squareRoot().rounded())
      let height = Int((area / proportion).squareRoot().rounded())
      guard (1...size.width).contains(width), (1...size.height).contains(height) else { continue }
      let left = generator.below(size.width - width + 1)
      let top = generator.below(size.height - height + 1)
      let window = ImageSize(width: width, height: height)
      return [Window(left: left, top: top, size: window), resize]
    }
    return [Window(centred: fallback(for: size), in: size), resize]
  }

  private func fallback(for size: ImageSize) -> ImageSize {
    let proportion = Double(size.width) / Double(size.height)
    var (width, height) = (size.width, size.height)
    if proportion < ratio.lowerBound {
      height = max(1, Int((Double(width) / ratio.lowerBound).rounded()))
    } else if proportion > ratio.upperBound {
      width = max(1, Int((Double(height) * ratio.upperBound).rounded()))
    }
    return ImageSize(width: width, height: height)
  }
}
