public import Batches
import Losses
public import Networks
import Randomness
import Requirements
public import Torch

/// Projected gradient descent: the inputs within ε of given ones, in every number, on which cross-entropy is
/// high.
///
/// ```text
/// x⁰ = clip(x + U(−ε, ε)),  xᵗ⁺¹ = clip(xᵗ + a · sign ∇ CE(f(xᵗ), y)),  clip to ‖x' − x‖_∞ ≤ ε and 0…1
/// ```
///
/// Source: Madry et al., "Towards Deep Learning Models Resistant to Adversarial Attacks", ICLR 2018. ε and a are
/// in the pixel scale 0…1 where the batch knows its ``Batches/InputBounds``, else in units of the inputs.
public struct ProjectedGradient: Sendable, Equatable {
  /// ε: how far any number of an input may move; at least 0.
  public var radius: Double
  /// a: how far it moves in a step; at least 0.
  public var step: Double
  /// Steps, at least 0.
  public var steps: Int
  /// Whether the first step begins at a random place within ε.
  public var startsAtRandom: Bool

  /// An attack; as it stands, that of the paper on photographs.
  ///
  /// - Precondition: all are at least 0 and finite.
  public init(
    radius: Double = 8.0 / 255, step: Double = 2.0 / 255, steps: Int = 10,
    startsAtRandom: Bool = true
  ) {
    require(
      radius >= 0 && step >= 0 && steps >= 0 && radius.isFinite && step.isFinite,
      "ProjectedGradient: expected a radius, a step and steps of at least 0, got \(radius), \(step) and"
        + " \(steps)")
    (self.radius, self.step, self.steps) = (radius, step, steps)
    self.startsAtRandom = startsAtRandom
  }

  /// Where the attack begins, as parts of ε.
  ///
  /// - Parameters:
  ///   - inputs: the inputs to be attacked.
  ///   - source: draws number by number, in row-major order.
  /// - Returns: of the shape of the inputs, in −1…1; 0 where the attack begins at the inputs.
  public func noise(
    like inputs: Tensor, using source: inout some RandomNumberGenerator
  ) -> Tensor {
    guard startsAtRandom else { return withoutGradients { inputs.detached() * 0 } }
    let draws = (0..<inputs.count).map { _ in Float(source.uniform(in: -1...1)) }
    return Tensor(draws, shape: inputs.shape).to(inputs.dtype).moved(to: inputs.device)
  }

  /// The attacked inputs.
  ///
  /// - Parameters:
  ///   - batch: what is attacked.
  ///   - model: what may be done with the network; no parameter's gradient changes.
  ///   - mode: `.frozenStatistics` while training, `.evaluating` otherwise.
  ///   - keepsBest: whether each row gets, of all places on the way, the unmoved one included, that of the highest
  ///     loss, in place of the last. Only with `.evaluating`: batch statistics would make the loss of a row
  ///     depend on the others.
  ///   - noise: where the first step begins, of ``noise(like:using:)``; `nil` begins at the inputs.
  /// - Returns: of the shape of the batch's inputs, without a gradient.
  /// - Precondition: the best place is kept with `.evaluating` alone.
  public func callAsFunction(
    _ batch: Batch, through model: any Pass, _ mode: Mode, keepsBest: Bool = false,
    noise: Tensor? = nil
  ) -> Tensor {
    require(
      !keepsBest || mode == .evaluating,
      "ProjectedGradient: expected the best place to be kept while evaluating only, got \(mode)")
    let field = Field(of: batch, radius: radius)
    var best: Best?
    if keepsBest {
      best = withoutGradients { Best(field.center, losses(field.center, batch, model, mode)) }
    }
    var x = field.center
    if let noise { x = field.clipped(x + noise * radius * field.unit) }
    for _ in 0..<steps {
      x = x.detached().requiringGrad()
      let rows = losses(x, batch, model, mode)
      best?.take(x, rows)
      let gradient = model.gradient(of: rows.sum(), at: x)
      x = withoutGradients { field.clipped(x + gradient.sign * step * field.unit) }
    }
    x = x.detached()
    guard var best else { return x }
    withoutGradients { best.take(x, losses(x, batch, model, mode)) }
    return best.inputs
  }

  /// Cross-entropy of each row, `[N]`.
  private func losses(
    _ x: Tensor, _ batch: Batch, _ model: any Pass, _ mode: Mode
  ) -> Tensor {
    let pixels = batch.bounds.map { $0.pixels(of: x) } ?? x
    let answer = model(batch.inputs.with(values: x), mode).logits
    return CrossEntropy()(model.scores(of: answer, pixels: pixels), batch.target).values
  }

  /// Where the inputs may go.
  private struct Field {
    let center: Tensor
    let unit: Tensor
    private let low: Tensor
    private let high: Tensor

    init(of batch: Batch, radius: Double) {
      center = batch.inputs.values.detached()
      let one = Tensor(1.0).to(center.dtype).moved(to: center.device)
      unit = batch.bounds?.unit ?? one
      let (down, up) = (center - unit * radius, center + unit * radius)
      low = batch.bounds.map { down.maximum($0.low) } ?? down
      high = batch.bounds.map { up.minimum($0.high) } ?? up
    }

    func clipped(_ x: Tensor) -> Tensor { x.maximum(low).minimum(high) }
  }

  /// The places of the highest loss so far, row by row.
  private struct Best {
    private(set) var inputs: Tensor
    private var losses: Tensor

    init(_ inputs: Tensor, _ losses: Tensor) {
      (self.inputs, self.losses) = (inputs, losses.detached())
    }

    mutating func take(_ x: Tensor, _ found: Tensor) {
      withoutGradients {
        let (x, found) = (x.detached(), found.detached())
        let isBetter = found.greater(than: losses).to(found.dtype)
        let rows = isBetter.reshaped([x.shape[0]] + x.shape.dropFirst().map { _ in 1 }).to(x.dtype)
        // A product with 0 or 1 changes no bit of a finite number.
        inputs = x * rows + inputs * (1 - rows)
        losses = found * isBetter + losses * (1 - isBetter)
      }
    }
  }
}

extension Tensor {
  /// −1, 0 or 1.
  fileprivate var sign: Tensor {
    greater(than: 0).to(dtype) - less(than: 0).to(dtype)
  }
}
