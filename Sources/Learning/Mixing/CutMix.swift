public import Batches
import Networks
import Randomness
import Requirements
import Torch

/// A rectangle of each image replaced by that of another image of the batch; labels follow the areas:
/// x = M ⊙ x_i + (1 − M) ⊙ x_π(i), y = λ y_i + (1 − λ) y_π(i).
///
/// λ ~ Beta(α, α) sets the rectangle's sides, W √(1 − λ) and H √(1 − λ), around a place drawn evenly; what the edge
/// of the image cuts off is taken from λ. One rectangle a batch. With probability 1 − p a batch is left as it is.
///
/// Source: Yun, Han, Oh, Chun, Choe, Yoo, "CutMix: Regularization Strategy to Train Strong Classifiers with
/// Localizable Features", ICCV 2019, equations 1 and 2.
public struct CutMix: Mixing, Equatable {
  /// Both parameters of the Beta distribution, α; positive.
  public let alpha: Double
  /// Share p of batches that are mixed, in `0...1`.
  public let probability: Double

  /// - Parameters:
  ///   - alpha: both parameters of the Beta distribution; positive.
  ///   - probability: share of batches that are mixed, in `0...1`.
  /// - Precondition: both are in range.
  public init(alpha: Double, probability: Double = 1) {
    require(
      alpha > 0 && alpha.isFinite && (0...1).contains(probability),
      "CutMix: expected a positive, finite alpha and a probability, got \(alpha) and \(probability)"
    )
    (self.alpha, self.probability) = (alpha, probability)
  }

  /// 1.
  public var streams: Int { 1 }

  /// The whole weight on the one stream.
  public var expectedWeights: [Double] { [1] }

  /// It does: a rectangle has neighbours.
  public var needsPixels: Bool { true }

  /// It does, where it is ever done.
  public var blends: Bool { probability > 0 }

  /// Draws whether, λ, the permutation π, and the place.
  ///
  /// - Precondition: exactly one batch of images, `[N, C, H, W]`.
  public func callAsFunction(
    _ batches: [Batch], using generator: inout some RandomNumberGenerator
  ) -> Batch {
    check(batches)
    guard generator.uniform() < probability else { return batches[0] }
    let λ = BetaDistribution(alpha, alpha).sample(using: &generator)
    let partner = generator.shuffle(batches[0].count)
    let area = Rectangle(weight: λ, of: batches[0], using: &generator)
    return paste(batches[0], partner: partner, area)
  }

  /// A rectangle of pixels, its ends excluded.
  package struct Rectangle: Equatable, Sendable {
    package var columns: Range<Int>
    package var rows: Range<Int>

    /// Somewhere in the images of a batch.
    ///
    /// - Precondition: images, `[N, C, H, W]`.
    package init(
      weight λ: Double, of batch: Batch, using generator: inout some RandomNumberGenerator
    ) {
      let shape = batch.inputs.values.shape
      require(shape.count == 4, "CutMix: expected images [N, C, H, W], got \(shape)")
      let center = (x: generator.below(shape[3]), y: generator.below(shape[2]))
      self.init(weight: λ, center: center, width: shape[3], height: shape[2])
    }

    /// Of sides W √(1 − λ) and H √(1 − λ), cut off at the edges.
    package init(weight λ: Double, center: (x: Int, y: Int), width: Int, height: Int) {
      let ratio = (1 - λ).squareRoot()
      func range(_ center: Int, _ side: Int) -> Range<Int> {
        let half = Int(Double(side) * ratio) / 2
        return max(center - half, 0)..<min(center + half, side)
      }
      (columns, rows) = (range(center.x, width), range(center.y, height))
    }
  }

  /// Each row of images `[N, C, H, W]` with the rectangle of row `partner[i]`, `[N]`; λ is what of the image is left.
  package func paste(_ batch: Batch, partner: [Int], _ area: Rectangle) -> Batch {
    let others = Batch(
      inputs: batch.inputs.reordered(partner), target: batch.target.reordered(partner))
    return batch.pasted(others, area)
  }
}

extension Batch {
  /// Each row with a rectangle of the same row of another batch of images; λ is what of the row's own image is left.
  ///
  /// - Parameters:
  ///   - others: as many rows of equal shape, `[N, C, H, W]`.
  ///   - area: the rectangle.
  package func pasted(_ others: Batch, _ area: CutMix.Rectangle) -> Batch {
    let shape = inputs.values.shape
    let (height, width) = (shape[2], shape[3])
    var mask = [Float](repeating: 0, count: height * width)
    for y in area.rows { for x in area.columns { mask[y * width + x] = 1 } }
    let λ = 1 - Double(area.rows.count * area.columns.count) / Double(height * width)
    let values = inputs.values
    let pasted = withoutGradients {
      // A product with 0 or 1 changes no bit of a finite number.
      let inside = Tensor(mask, shape: [1, 1, height, width]).moved(to: values.device).to(
        values.dtype)
      return values * (1 - inside) + others.inputs.values * inside
    }
    var mixed = self
    mixed.inputs.values = pasted
    mixed.target = target.mixed(with: others.target, weight: 1 - λ)
    mixed.lambda = λ
    return mixed
  }
}
