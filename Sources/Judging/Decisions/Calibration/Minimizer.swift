#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where a minimisation ended.
package struct Minimum: Sendable {
  /// The point, `[n]`.
  package let point: [Double]
  /// The function there.
  package let value: Double
  /// Largest entry of the gradient there, in magnitude.
  package let gradient: Double
  /// Steps taken.
  package let iterations: Int
}

/// Minimises a smooth convex function by L-BFGS.
///
/// Source: Nocedal and Wright, "Numerical Optimization", 2nd ed., algorithm 7.4; the line search is
/// Lewis and Overton's bisection for the weak Wolfe conditions (2013).
///
/// - Parameters:
///   - start: First point, `[n]`.
///   - tolerance: Stops when no entry of the gradient is larger, above 0.
///   - limit: Stops after as many steps.
///   - function: Takes a point, writes the gradient into its second argument, returns the value.
package func minimize(
  from start: [Double], tolerance: Double = 1e-9, limit: Int = 2000,
  _ function: ([Double], inout [Double]) -> Double
) -> Minimum {
  var gradient = [Double](repeating: 0, count: start.count)
  var value = function(start, &gradient)
  var (point, memory, steps) = (start, CurvatureMemory(), 0)
  while steps < limit, magnitude(gradient) > tolerance {
    var direction = memory.direction(gradient)
    if dot(direction, gradient) >= 0 {
      memory = CurvatureMemory()
      direction = gradient.map { -$0 }
    }
    // The first direction has the gradient's length, which says nothing of the distance.
    let first = memory.isEmpty ? min(1, 1 / norm(gradient)) : 1
    guard
      let next = weakWolfe(from: point, value, gradient, along: direction, first: first, function)
    else { break }
    memory.add(step: difference(next.point, point), change: difference(next.gradient, gradient))
    (point, value, gradient) = (next.point, next.value, next.gradient)
    steps += 1
  }
  return Minimum(point: point, value: value, gradient: magnitude(gradient), iterations: steps)
}

/// The last pairs of step s and change of gradient y, from which L-BFGS makes its direction.
private struct CurvatureMemory {
  private var pairs: [(step: [Double], change: [Double], curvature: Double)] = []

  var isEmpty: Bool { pairs.isEmpty }

  mutating func add(step: [Double], change: [Double]) {
    let curvature = dot(step, change)
    guard curvature > 0 else { return }
    pairs.append((step, change, curvature))
    if pairs.count > 20 { pairs.removeFirst() }
  }

  /// −H·g by the two loops of algorithm 7.4.
  func direction(_ gradient: [Double]) -> [Double] {
    var result = gradient.map { -$0 }
    var weights: [Double] = []
    for pair in pairs.reversed() {
      let weight = dot(pair.step, result) / pair.curvature
      increase(&result, by: pair.change, times: -weight)
      weights.append(weight)
    }
    if let last = pairs.last {
      let scale = last.curvature / dot(last.change, last.change)
      for index in result.indices { result[index] *= scale }
    }
    for (pair, weight) in zip(pairs, weights.reversed()) {
      increase(
        &result, by: pair.step, times: weight - dot(pair.change, result) / pair.curvature)
    }
    return result
  }
}

/// A step that decreases the function enough and leaves a flatter slope; `nil` where rounding
/// admits none.
private func weakWolfe(
  from point: [Double], _ value: Double, _ gradient: [Double], along direction: [Double],
  first: Double, _ function: ([Double], inout [Double]) -> Double
) -> (point: [Double], value: Double, gradient: [Double])? {
  let slope = dot(gradient, direction)
  // Near the minimum the decrease drowns in rounding; the slope then decides alone.
  let rounding = 4 * Double.ulpOfOne * abs(value)
  var (low, high, length) = (0.0, Double.infinity, first)
  var newGradient = gradient
  for _ in 0..<60 {
    var candidate = point
    increase(&candidate, by: direction, times: length)
    let newValue = function(candidate, &newGradient)
    if !(newValue <= value + 1e-4 * length * slope + rounding) {
      high = length
    } else if dot(newGradient, direction) < 0.9 * slope {
      low = length
    } else {
      return (candidate, newValue, newGradient)
    }
    length = high.isFinite ? (low + high) / 2 : 2 * low
  }
  return nil
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}

private func increase(_ a: inout [Double], by b: [Double], times factor: Double) {
  for index in a.indices { a[index] += factor * b[index] }
}

private func difference(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 - $1 } }

private func norm(_ a: [Double]) -> Double { dot(a, a).squareRoot() }

private func magnitude(_ a: [Double]) -> Double { a.reduce(0) { max($0, abs($1)) } }
