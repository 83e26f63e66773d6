/// FISTA: the minimum of a smooth convex function and a ``Penalty``.
///
/// A step is x ← prox(y − g(y) / (L d)) from a point y beyond x in the direction of the last step. d says how the function bends along
/// each number, so that thresholds of rare grades, which hardly bend it, take long steps; L is found by doubling until
/// f(x) ≤ f(y) + g(y)ᵀ(x − y) + L/2 ‖x − y‖²_d, which no point where f is +∞ fulfils. Where the objective rises, or y is no
/// place to be, the momentum begins anew. It ends where Σ_j G_j² / d_j of the step's G = L d (y − x) is at the tolerance, which is
/// twice about what there is to be gained.
///
/// Sources: Beck and Teboulle, "A Fast Iterative Shrinkage-Thresholding Algorithm for Linear Inverse Problems", SIAM Journal on
/// Imaging Sciences 2009; O'Donoghue and Candès, "Adaptive Restart for Accelerated Gradient Schemes", 2015.
struct AcceleratedDescent: Sendable {
  /// Steps at most; at least 1.
  var iterations = 5000
  /// Of Σ_j G_j² / d_j; above 0.
  var tolerance = 1e-13

  /// Where it ended.
  struct Outcome: Sendable {
    /// θ.
    let point: [Double]
    /// The function and the penalty there.
    let value: Double
    /// Steps that were taken.
    let iterations: Int
    /// Whether the tolerance was met, or rounding left nothing to gain.
    let isConverged: Bool
  }

  /// Goes to the minimum.
  ///
  /// - Parameters:
  ///   - start: θ where it begins, the function finite there.
  ///   - likelihood: the smooth function.
  ///   - penalty: what is added.
  ///   - look: called at every step; may throw to stop.
  /// - Throws: what `look` throws.
  func minimum(
    from start: [Double], of likelihood: CumulativeLikelihood, _ penalty: Penalty,
    look: () throws -> Void
  ) rethrows -> Outcome {
    let curvature = likelihood.curvature
    var (x, y, momentum, steepness) = (start, start, 1.0, 1.0)
    var value = likelihood.value(x) + penalty.value(x)
    var (done, isConverged) = (0, false)
    while done < iterations && !isConverged {
      try look()
      done += 1
      let (height, gradient) = likelihood.valueAndGradient(y)
      guard height.isFinite else {
        (y, momentum) = (x, 1)
        continue
      }
      let step = Step(y, height, gradient, curvature, penalty, likelihood)
      let next = step.taken(&steepness)
      guard let next, next.value <= value + 1e-15 * abs(value) else {
        // From x itself there is no way down but for rounding.
        isConverged = momentum == 1
        (y, momentum) = (x, 1)
        continue
      }
      isConverged = next.pull <= tolerance
      let growing = (1 + (1 + 4 * momentum * momentum).squareRoot()) / 2
      let factor = (momentum - 1) / growing
      y = zip(next.point, x).map { $0 + factor * ($0 - $1) }
      (x, value, momentum) = (next.point, next.value, growing)
      steepness *= 0.9
    }
    return Outcome(point: x, value: value, iterations: done, isConverged: isConverged)
  }
}

/// A step from a point, and how steep the function may be for it.
private struct Step {
  private let y: [Double]
  private let height: Double
  private let gradient: [Double]
  private let curvature: [Double]
  private let penalty: Penalty
  private let likelihood: CumulativeLikelihood

  init(
    _ y: [Double], _ height: Double, _ gradient: [Double], _ curvature: [Double],
    _ penalty: Penalty, _ likelihood: CumulativeLikelihood
  ) {
    (self.y, self.height, self.gradient) = (y, height, gradient)
    (self.curvature, self.penalty, self.likelihood) = (curvature, penalty, likelihood)
  }

  /// The step with the least steepness that bounds the function, doubled from the one given; `nil` where rounding lets none.
  ///
  /// - Parameter steepness: L.
  /// - Returns: the point, function and penalty there, and Σ_j G_j² / d_j.
  func taken(_ steepness: inout Double) -> (point: [Double], value: Double, pull: Double)? {
    for _ in 0..<60 {
      var point = y
      var (linear, length) = (0.0, 0.0)
      for place in y.indices {
        let size = 1 / (steepness * curvature[place])
        point[place] = penalty.proximal(place, y[place] - size * gradient[place], step: size)
        let change = point[place] - y[place]
        linear += gradient[place] * change
        length += curvature[place] * change * change
      }
      let found = likelihood.value(point)
      let bound = height + linear + steepness / 2 * length
      if found.isFinite, found <= bound + 1e-14 * abs(height) {
        return (point, found + penalty.value(point), steepness * steepness * length)
      }
      steepness *= 2
    }
    return nil
  }
}
