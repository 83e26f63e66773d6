/// Lays one thumbnail on another: which window of `target` looks like `picture`, found by Gauss–Newton
/// steps over the place and size of the window, with a free gain and offset of brightness.
///
/// Each step linearises `S(p) + J Δp ≈ g A + o`, where `S(p)` is the target seen through the window, and
/// solves for `Δp`, `g` and `o` by least squares.
///
/// Source: Baker and Matthews, Lucas–Kanade 20 years on, 2004, section 2 (the forwards-additive step).
struct Registration {
  /// `1 − r` with the correlation r of what lies on each other, 0…2.
  private(set) var distance: Float
  /// The window of the target.
  private(set) var window: ImageWindow

  /// - Parameters:
  ///   - picture: A, `[side, side]`.
  ///   - target: `[side, side]`.
  ///   - start: where to begin, some pixels off at most.
  ///   - side: a multiple of 8.
  ///   - steps: at most so many.
  init(
    of picture: [Float], in target: [Float], from start: ImageWindow, side: Int, steps: Int
  ) {
    let (a, b) = (Self.standardised(picture), Self.standardised(target))
    var place = Place(start, side: side)
    var best = (distance: Float.infinity, place: place)
    for step in 0...steps {
      let seen = place.sampled(b, side: side)
      let distance = 1 - Self.correlation(a, seen)
      if distance < best.distance { best = (distance, place) }
      // A start that is far off does not get there.
      if step == steps || (step >= 2 && best.distance > 0.5) { break }
      guard let move = Self.move(a, seen, place, side: side),
        move[0...3].allSatisfy(\.isFinite)
      else { break }
      let limit = Float(side) / 64
      place.x.scale += max(-limit, min(limit, move[0]))
      place.x.shift += max(-limit, min(limit, move[1]))
      place.y.scale += max(-limit, min(limit, move[2]))
      place.y.shift += max(-limit, min(limit, move[3]))
      if move[0...3].allSatisfy({ abs($0) < 1e-3 }) && step > 0 { break }
    }
    (distance, window) = (best.distance, best.place.window(side: side))
  }

  /// Mean 0, deviation 1; all zero where the numbers are all the same.
  static func standardised(_ values: [Float]) -> [Float] {
    let moments = Moments(values)
    let factor = moments.deviation > 0 ? 1 / moments.deviation : 0
    return values.map { ($0 - moments.mean) * factor }
  }

  /// Of standardised `a` and any `b`; 0 where `b` is flat.
  static func correlation(_ a: [Float], _ b: [Float]) -> Float {
    let moments = Moments(b)
    guard moments.deviation > 0 else { return 0 }
    var sum = SIMD8<Float>.zero
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        for i in stride(from: 0, to: a.count, by: 8) {
          sum += SIMD8(a, i) * (SIMD8(b, i) - moments.mean)
        }
      }
    }
    return sum.sum() / (moments.deviation * Float(a.count))
  }

  /// The step towards a better place; nil where the picture does not tell.
  private static func move(
    _ a: [Float], _ seen: [Float], _ place: Place, side: Int
  ) -> [Float]? {
    var sums = NormalEquations()
    sums.add(a, seen, scaleX: place.x.scale, scaleY: place.y.scale, side: side)
    var normal = sums.normal
    for i in 0..<4 { normal[7 * i] += 1e-3 }
    return solved(normal, sums.right)?.map(Float.init)
  }

  /// By Cholesky's factors; `normal` has its lower triangle. Nil where it is not positive.
  private static func solved(_ normal: [Double], _ right: [Double]) -> [Double]? {
    var (factor, x) = (normal, right)
    for i in 0..<6 {
      for j in 0...i {
        var sum = factor[6 * i + j]
        for k in 0..<j { sum -= factor[6 * i + k] * factor[6 * j + k] }
        guard i != j || sum > 1e-9 else { return nil }
        factor[6 * i + j] = i == j ? sum.squareRoot() : sum / factor[7 * j]
      }
    }
    for i in 0..<6 {
      for k in 0..<i { x[i] -= factor[6 * i + k] * x[k] }
      x[i] /= factor[7 * i]
    }
    for i in (0..<6).reversed() {
      for k in (i + 1)..<6 { x[i] -= factor[6 * k + i] * x[k] }
      x[i] /= factor[7 * i]
    }
    return x
  }
}

/// Where a thumbnail's pixels lie in another, in pixels: `scale · i + shift` along each axis.
private struct Place {
  struct Axis {
    var scale: Float
    var shift: Float

    init(_ span: ClosedRange<Float>, side: Int) {
      scale = span.upperBound - span.lowerBound
      shift = span.lowerBound * Float(side) + scale / 2 - 0.5
    }

    func span(side: Int) -> ClosedRange<Float> {
      let low = (shift - scale / 2 + 0.5) / Float(side)
      return low...(low + max(scale, 0.1))
    }
  }

  var x: Axis
  var y: Axis

  init(_ window: ImageWindow, side: Int) {
    (x, y) = (Axis(window.columns, side: side), Axis(window.rows, side: side))
  }

  func window(side: Int) -> ImageWindow {
    ImageWindow(columns: x.span(side: side), rows: y.span(side: side))
  }

  /// The target through the window, bilinear; the edge goes on outside.
  func sampled(_ target: [Float], side: Int) -> [Float] {
    let (columns, rows) = (taps(x, side: side), taps(y, side: side))
    let count = side * side
    let narrow = [Float](unsafeUninitializedCapacity: count) { narrow, initialised in
      target.withUnsafeBufferPointer { target in
        for i in stride(from: 0, to: count, by: side) {
          for (j, tap) in columns.enumerated() {
            let at = i &+ tap.pixel
            narrow[i &+ j] = target[at] + tap.part * (target[at &+ 1] - target[at])
          }
        }
      }
      initialised = count
    }
    return [Float](unsafeUninitializedCapacity: count) { result, initialised in
      narrow.withUnsafeBufferPointer { narrow in
        for (i, tap) in rows.enumerated() {
          let (from, to) = (tap.pixel &* side, i &* side)
          for j in 0..<side {
            let above = narrow[from &+ j]
            result[to &+ j] = above + tap.part * (narrow[from &+ side &+ j] - above)
          }
        }
      }
      initialised = count
    }
  }

  private func taps(_ axis: Axis, side: Int) -> [(pixel: Int, part: Float)] {
    (0..<side).map { i in
      let at = min(max(axis.scale * Float(i) + axis.shift, 0), Float(side - 1))
      let pixel = min(Int(at), side - 2)
      return (pixel, at - Float(pixel))
    }
  }
}
