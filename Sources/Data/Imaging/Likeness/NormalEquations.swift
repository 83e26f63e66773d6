/// The sums of a least-squares step of ``Registration``, eight pixels at once.
///
/// The unknowns are scale and shift along x, along y, gain and offset; a pixel's row is
/// `(dx x, dx, dy y, dy, −a, −1)` and its right side `−s`.
struct NormalEquations {
  private var products = [SIMD8<Float>](repeating: .zero, count: 21)
  private var sides = [SIMD8<Float>](repeating: .zero, count: 6)

  /// Adds the inner pixels of two pictures.
  ///
  /// - Parameters:
  ///   - a: `[side, side]`.
  ///   - seen: `[side, side]`, s.
  ///   - scaleX: how far apart neighbours along x lie in the target.
  ///   - scaleY: along y.
  ///   - side: a multiple of 8.
  mutating func add(
    _ a: [Float], _ seen: [Float], scaleX: Float, scaleY: Float, side: Int
  ) {
    let (alongX, alongY) = (1 / (2 * scaleX), 1 / (2 * scaleY))
    let steps = SIMD8<Float>(0, 1, 2, 3, 4, 5, 6, 7)
    a.withUnsafeBufferPointer { a in
      seen.withUnsafeBufferPointer { seen in
        for y in 1..<(side - 1) {
          for x in stride(from: 0, to: side, by: 8) {
            let at = y &* side &+ x
            // The first and the last column have no neighbour: they count nothing.
            var inner = SIMD8<Float>(repeating: 1)
            if x == 0 { inner[0] = 0 }
            if x == side - 8 { inner[7] = 0 }
            let dx = (SIMD8(seen, at &+ 1) - SIMD8(seen, at &- 1)) * alongX * inner
            let dy = (SIMD8(seen, at &+ side) - SIMD8(seen, at &- side)) * alongY * inner
            let columns = steps + Float(x)
            add((dx * columns, dx, dy * Float(y), dy, SIMD8(a, at) * inner, inner), SIMD8(seen, at))
          }
        }
      }
    }
  }

  private typealias Lanes = SIMD8<Float>

  /// The last two of a row have their signs turned; `normal` and `right` turn them back.
  @inline(__always)
  private mutating func add(
    _ row: (Lanes, Lanes, Lanes, Lanes, Lanes, Lanes), _ seen: Lanes
  ) {
    withUnsafeBytes(of: row) { raw in
      let row = raw.bindMemory(to: Lanes.self)
      products.withUnsafeMutableBufferPointer { products in
        var place = 0
        for i in 0..<6 {
          for j in 0...i {
            products[place] += row[i] * row[j]
            place &+= 1
          }
        }
      }
      sides.withUnsafeMutableBufferPointer { sides in
        for i in 0..<6 { sides[i] += row[i] * seen }
      }
    }
  }

  private static func sign(_ unknown: Int) -> Double { unknown < 4 ? 1 : -1 }

  /// `[6, 6]`; the lower triangle counts.
  var normal: [Double] {
    var result = [Double](repeating: 0, count: 36)
    var place = 0
    for i in 0..<6 {
      for j in 0...i {
        result[6 * i + j] = Double(products[place].sum()) * Self.sign(i) * Self.sign(j)
        place += 1
      }
    }
    return result
  }

  /// `[6]`
  var right: [Double] { (0..<6).map { -Double(sides[$0].sum()) * Self.sign($0) } }
}

extension SIMD8<Float> {
  /// Eight numbers from a place on.
  @inline(__always)
  init(_ values: UnsafeBufferPointer<Float>, _ place: Int) {
    self = UnsafeRawPointer(values.baseAddress.unsafelyUnwrapped + place)
      .loadUnaligned(as: SIMD8<Float>.self)
  }
}
