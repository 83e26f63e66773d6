import Requirements
public import Torch

/// Limited-memory BFGS: the minimum of a smooth function from its values and gradients.
///
/// d = −H g with H from the last m pairs of steps and changes of the gradient, and H₀ a multiple of 1 or of what the caller
/// knows of the inverse curvature; the length of a step meets Wolfe's conditions, f(x + t d) ≤ f(x) + 10⁻⁴ t gᵀd and
/// gᵀ(x + t d) d ≥ .9 gᵀd, found by bisection. Everything is done in the type of the point that it starts from.
///
/// Source: Liu and Nocedal, "On the limited memory BFGS method for large scale optimization", Mathematical Programming,
/// 1989; the bisection of Lewis and Overton, "Nonsmooth optimization via quasi-Newton methods", 2013.
public struct LBFGS: Sendable, Equatable {
  /// m, pairs that are remembered; at least 1.
  public var memory = 10
  /// Steps at most; at least 1.
  public var iterations = 1000
  /// Ends where no part of the gradient is larger; above 0.
  public var tolerance = 1e-6
  /// Ends where the next step is expected to gain no more, −gᵀd / 2; at least 0, and 0 looks at the gradient alone.
  public var leastGain = 0.0

  /// Ten pairs, a thousand steps, 10⁻⁶.
  public init() {}

  /// Where it ended.
  public struct Outcome: Sendable {
    /// The point, of the shape of the start.
    public let point: Tensor
    /// The function there.
    public let value: Double
    /// Steps that were taken.
    public let iterations: Int
    /// Whether no part of the gradient is larger than the tolerance, or no gain was to be expected.
    public let isConverged: Bool
  }

  private struct Pair {
    let step, change: Tensor
    /// 1 / stepᵀ change.
    let inverse: Double
    /// changeᵀ H₀ change, before H₀ is scaled.
    let bend: Double
  }

  /// Goes to the minimum.
  ///
  /// - Parameters:
  ///   - start: where it begins, of any shape and a floating type.
  ///   - inverse: H₀ but for a factor, as what it makes of a gradient: linear, symmetric and
  ///     positive; `nil` is 1.
  ///   - function: value and gradient at a point; smooth and bounded below.
  /// - Throws: what `function` throws.
  /// - Precondition: memory, steps and tolerances are in range.
  public func minimum(
    from start: Tensor, curvature inverse: ((Tensor) -> Tensor)? = nil,
    of function: (Tensor) throws -> (value: Double, gradient: Tensor)
  ) rethrows -> Outcome {
    require(
      memory >= 1 && iterations >= 1 && tolerance > 0 && leastGain >= 0,
      "LBFGS: expected a memory, steps and a tolerance above 0, got \(memory), \(iterations), "
        + "\(tolerance) and \(leastGain)")
    return try withoutGradients {
      var (x, pairs) = (start.detached(), [Pair]())
      var (value, gradient) = try function(x)
      var (done, isDone) = (0, false)
      while done < iterations, largest(gradient) > tolerance {
        var direction = self.direction(gradient, pairs, inverse)
        var slope = dot(gradient, direction)
        if slope >= 0 {
          (pairs, direction) = ([], -gradient)
          slope = -dot(gradient, gradient)
        }
        isDone = -slope / 2 <= leastGain
        if isDone { break }
        let first =
          pairs.isEmpty && inverse == nil ? min(1, 1 / (-slope).squareRoot()) : 1
        guard let next = try search(x, value, direction, slope, first, function) else { break }
        let (step, change) = (next.x - x, next.gradient - gradient)
        let product = dot(step, change)
        if product > 1e-12 * dot(change, change).squareRoot() * dot(step, step).squareRoot() {
          pairs.append(
            Pair(
              step: step, change: change, inverse: 1 / product,
              bend: dot(change, inverse?(change) ?? change)))
          if pairs.count > memory { pairs.removeFirst() }
        }
        (x, value, gradient) = (next.x, next.value, next.gradient)
        done += 1
      }
      return Outcome(
        point: x, value: value, iterations: done,
        isConverged: isDone || largest(gradient) <= tolerance)
    }
  }

  /// −H g, by the two loops.
  private func direction(
    _ gradient: Tensor, _ pairs: [Pair], _ inverse: ((Tensor) -> Tensor)?
  ) -> Tensor {
    var (q, factors) = (gradient, [Double]())
    for pair in pairs.reversed() {
      let factor = pair.inverse * dot(pair.step, q)
      q = q - pair.change * factor
      factors.append(factor)
    }
    if let inverse { q = inverse(q) }
    if let last = pairs.last { q = q * (1 / (last.inverse * last.bend)) }
    for (pair, factor) in zip(pairs, factors.reversed()) {
      q = q + pair.step * (factor - pair.inverse * dot(pair.change, q))
    }
    return -q
  }

  /// A step that meets both conditions; the longest that goes down where rounding lets none meet them.
  private func search(
    _ x: Tensor, _ value: Double, _ direction: Tensor, _ slope: Double, _ first: Double,
    _ function: (Tensor) throws -> (value: Double, gradient: Tensor)
  ) rethrows -> (x: Tensor, value: Double, gradient: Tensor)? {
    var (low, high, length) = (0.0, Double.infinity, first)
    var best: (x: Tensor, value: Double, gradient: Tensor)?
    for _ in 0..<40 {
      let place = x + direction * length
      let (found, gradient) = try function(place)
      if !found.isFinite || found > value + 1e-4 * length * slope {
        high = length
      } else {
        best = (place, found, gradient)
        if dot(gradient, direction) >= 0.9 * slope { break }
        low = length
      }
      length = high.isFinite ? (low + high) / 2 : 2 * length
    }
    return best
  }

  private func dot(_ a: Tensor, _ b: Tensor) -> Double { (a * b).sum().item() }

  private func largest(_ x: Tensor) -> Double { x.abs().amax().item() }
}
